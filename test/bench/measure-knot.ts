// Finds what ties a seeded knot of 300,000 members and 300 kinds of references, on this thread: `measure-knot`. Prints a run as JSON.
//
// Half of the kinds hold: a tree of types, 2,000 objects each, objects of one type behind those of the type above. The others lead back: to the
// owner, to an object of the same type, or to a registry at the top, so that many kinds promise much and few take the knot apart.
import { Random } from '../../fixtures/builder/random';
import type { KnotGraph } from '../../workers/kinds/knot-graph';
import { findTies } from '../../workers/kinds/knot-ties';
import { MemoryAccount } from '../../workers/lib/alloc';
import { Scratch } from '../../workers/lib/scratch';
import { finish } from '../../workers/lib/work';

const TYPES = 150;
const EACH = 2000;
const MEMBERS = TYPES * EACH;
/** Ties of the second measurement. */
const MANY = 10;

const account = new MemoryAccount();
const graph = plant(new Random(1));
const one = untie(1);
const many = untie(MANY);
process.stdout.write(
  JSON.stringify({
    knot: {
      members: MEMBERS,
      references: graph.target.length,
      kinds: graph.kinds.length,
      one,
      many,
      peakBytes: account.peak,
    },
  }),
);

/** Of this process so far, whatever else the machine is busy with. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function untie(most: number) {
  const start = processorMs();
  let firstBest = NaN;
  const scratch = new Scratch(account);
  const { ties, tried, searches, markings } = finish(
    findTies(
      graph,
      {
        most,
        steps: Infinity,
        nameOf: (kind) => `kind ${kind}`,
        onCycles: () => undefined,
        onSettled: (_settled, _kinds, best) => {
          if (best && Number.isNaN(firstBest)) firstBest = processorMs() - start;
        },
      },
      scratch,
    ),
  );
  scratch.releaseAll();
  if (tried !== graph.kinds.length || ties.length === 0) throw new Error(`${ties.length} ties, ${tried} kinds tried`);
  return { cpuMs: processorMs() - start, firstBest, ties: ties.length, searches, markings };
}

function plant(random: Random): KnotGraph {
  const rows: [to: number, kind: number][][] = Array.from({ length: MEMBERS }, () => []);
  const at = (type: number, place: number) => type * EACH + place;
  for (let type = 1; type < TYPES; type++) {
    const above = Math.floor((type - 1) / 2);
    const sort = type % 3;
    for (let place = 0; place < EACH; place++) {
      const owner = at(above, random.below(EACH));
      rows[owner].push([at(type, place), 2 * type]);
      const back = sort === 0 ? owner : sort === 1 ? at(type, random.below(EACH)) : at(0, random.below(EACH));
      rows[at(type, place)].push([back, 2 * type + 1]);
    }
  }
  for (let place = 0; place < EACH; place++) {
    rows[place].push([(place + 1) % EACH, 0]);
    rows[place].push([random.below(EACH), 1]);
  }
  return graphOf(rows);
}

function graphOf(rows: readonly [to: number, kind: number][][]): KnotGraph {
  const start = new Uint32Array(rows.length + 1);
  for (const [v, row] of rows.entries()) start[v + 1] = start[v] + row.length;
  const all = rows.flat();
  const kind = Uint32Array.from(all, ([, number]) => number);
  const kinds = Array.from({ length: 2 * TYPES }, (_, field) => ({ field, to: 0, references: 0 }));
  for (const number of kind) kinds[number].references++;
  const entries = Uint32Array.from({ length: EACH }, (_, place) => place);
  return { count: rows.length, start, target: Uint32Array.from(all, ([to]) => to), kind, kinds, entries };
}
