// Cycles with globals, goroutines and finalizers' closures on them: those that programs planted, and what else changes.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { gunzipSync } from 'node:zlib';
import { ArraySource } from '../../../workers/dump/byte-source';
import { NONE } from '../../../workers/lib/none';
import { finish, type Work } from '../../../workers/lib/work';
import { findCycleFacts, findCycleStructures } from '../../../workers/session/computed/cycle-facts';
import { cycleRow } from '../../../workers/session/tables/cycle-table';
import { fullCatalogue, type CycleCatalogue } from '../../../workers/session/computed/full-cycle-facts';
import { bytesOf, truthOf } from '../../support/dumps';
import { analysedDump } from '../../support/analysed-heap';

const tools = { checkpoint: () => undefined, drive: <T>(work: Work<T>) => Promise.resolve(finish(work)) };

async function catalogueOf(name: string, executable: Uint8Array | null = null) {
  const heap = await analysedDump(new ArraySource(bytesOf(`${name}.heap`)), executable);
  const structures = await findCycleStructures(heap, tools);
  const facts = finish(findCycleFacts(heap, structures));
  const used = heap.account.used;
  const catalogue = await fullCatalogue(heap, facts, structures, tools);
  return { heap, catalogue, used };
}

/** The cycle on which all planted objects of the heap lie. */
function planted({ dump }: CycleCatalogue, name: string, scc: string): number {
  const { objects, sccs } = truthOf(name);
  const members = sccs
    .find((one) => one.name === scc)!
    .members.map((member) => objects.find((one) => one.name === member)!);
  const inHeap = members.filter(({ where }) => where === 'heap');
  const cycles = new Set(inHeap.map(({ addr }) => dump.components.cycleOf[dump.graph.index.objectAt(Number(addr))]));
  expect(cycles.size).toBe(1);
  const [cycle] = cycles;
  expect(cycle).not.toBe(NONE);
  return cycle;
}

const THROUGH: [string, RegExp][] = [
  ['go1.22.12/cache', /^(data|bss)\+0x/],
  ['go1.27.4/cache', /^(data|bss)\+0x/],
  ['go1.27.4/closureleak', /^(data|bss)\+0x/],
  ['go1.27.4-386/closureleak', /^(data|bss)\+0x/],
  ['go1.27.4/chanleak', /^goroutine \d+ \(main\.leakSend/],
  ['go1.27.4-386/chanleak', /^goroutine \d+ \(main\.leakSend/],
];

describe.each(THROUGH)('%s', (name, place) => {
  test('what its program planted through a global or a goroutine is a cycle, and none of the heap', async () => {
    const { heap, catalogue } = await catalogueOf(name);
    const sccs = truthOf(name).sccs.filter((scc) => scc.name.includes('through a'));
    expect(sccs.length).toBeGreaterThan(0);
    for (const scc of sccs) {
      const cycle = planted(catalogue, name, scc.name);
      expect(cycle).toBeGreaterThanOrEqual(heap.components.cycleCount);
      expect(cycleRow(catalogue, cycle).through[0]).toMatch(place);
    }
  });

  test('cycles of the heap keep their ids; those that grew are left out of the list', async () => {
    const { heap, catalogue } = await catalogueOf(name);
    const { cycleCount, memberStart, member } = heap.components;
    const all = catalogue.dump.components;
    expect(all.memberStart.subarray(0, cycleCount + 1)).toEqual(memberStart);
    expect(all.member.subarray(0, member.length)).toEqual(member);
    const listed = new Set(catalogue.shown);
    for (let cycle = 0; cycle < all.cycleCount; cycle++) {
      const members = all.member.subarray(all.memberStart[cycle], all.memberStart[cycle + 1]);
      expect(listed.has(cycle)).toBe(all.cycleOf[members[0]] === cycle);
      expect([...members]).toEqual([...members].sort((a, b) => a - b));
      expect(catalogue.facts.retainedBytes[cycle]).toBeGreaterThanOrEqual(catalogue.facts.ownBytes[cycle]);
    }
    catalogue.release();
  });
});

test('a variable is named where the executable names it, and what it holds alone goes with the cycle', async () => {
  const executable = gunzipSync(readFileSync('fixtures/executables/go1.27.4/closureleak.gz'));
  const { catalogue } = await catalogueOf('go1.27.4/closureleak', executable);
  const cycle = planted(catalogue, 'go1.27.4/closureleak', 'mux2<->map<->method value<->owner, through a global');
  expect(cycleRow(catalogue, cycle)).toMatchObject({
    through: ['main.mux2'],
    class: 'global',
    objects: 4,
    ownBytes: 280,
    retainedBytes: 280,
    enteringTotal: 0,
  });
});

test('a job, its channel and the goroutine that sends it: held by goroutines that wait for ever', async () => {
  const name = 'go1.27.4/chanleak';
  const { catalogue } = await catalogueOf(name);
  const job = planted(catalogue, name, 'job3 -> chan3 -> sudog -> g -> its stack -> job, through a goroutine');
  expect(cycleRow(catalogue, job)).toMatchObject({ class: 'goroutine', stuck: true });
});

test.each(['go1.27.4/finalizers', 'go1.26.11/fresh', 'go1.27.4/deferleak', 'go1.27.4/stackroots'])(
  '%s: what else the full graph finds is a few objects of the runtime',
  async (name) => {
    const { heap, catalogue } = await catalogueOf(name);
    for (const cycle of catalogue.shown ?? []) {
      if (cycle < heap.components.cycleCount) continue;
      const row = cycleRow(catalogue, cycle);
      expect(row.class === 'runtime' || row.ownBytes < 100).toBe(true);
    }
  },
);

test('gives back all that it takes', async () => {
  const { heap, catalogue, used } = await catalogueOf('go1.27.4/cache');
  expect(heap.account.used).toBe(used + catalogue.dump.components.cycleOf.byteLength);
  catalogue.release();
  expect(heap.account.used).toBe(used);
});
