/** Every object that the fixtures' programs planted is named with the type that the program itself printed. */
import { describe, expect, test } from 'vitest';
import { valueAddress } from '../../../workers/graph/heap-graph';
import { NONE } from '../../../workers/lib/none';
import type { Naming } from '../../../workers/naming/naming';
import { truthOf } from '../../support/dumps';
import { namingOf } from '../../support/programs';

/** `unnamed`: what these inputs cannot tell. A value that only pointers into its middle lead to; closures of a stripped program without a code scan. */
const PAIRS: { dump: string; executable: string; unnamed?: string[] }[] = [
  { dump: 'go1.27.4/poolcycle', executable: 'go1.27.4/poolcycle' },
  { dump: 'go1.27.4/poolcycle', executable: 'go1.27.4/poolcycle-stripped' },
  { dump: 'go1.27.4/closureleak', executable: 'go1.27.4/closureleak' },
  { dump: 'go1.27.4/finalizers', executable: 'go1.27.4/finalizers' },
  { dump: 'go1.27.4/ifaces', executable: 'go1.27.4/ifaces' },
  { dump: 'go1.27.4/layout', executable: 'go1.27.4/layout', unnamed: ['elem.target', 'past'] },
  { dump: 'go1.27.4/deferleak', executable: 'go1.27.4/deferleak-stripped' },
  {
    dump: 'go1.27.4-386/poolcycle',
    executable: 'go1.27.4-386/poolcycle-stripped',
    unnamed: ['owner', 'pool', 'pool.New'],
  },
  { dump: 'go1.19.8/poolcycle', executable: 'go1.19.8/poolcycle-stripped' },
];

/** What the programs call by a name of their own, or as a pointer to what lies there. */
const SAME = new Map([
  ['main.Fn closure', 'closure main.main.func1'],
  ['func(int) int', 'func(int) int'],
  ['main.Ptrish (stored directly)', 'main.Circle'],
  ['*main.Circle', 'main.Circle'],
  ['*main.reader', 'main.reader'],
  ['*errors.errorString', 'errors.errorString'],
  ['*fmt.wrapError', 'fmt.wrapError'],
  ['string bytes', 'string'],
]);
/** Pointer-free values below 16 bytes share slots. */
const SMALL = new Set(['int', 'uint16', 'main.Num']);

/** Types that no executable holds. */
const UNNAMEABLE = new Set(['struct made by reflect.StructOf']);

interface Difference {
  object: string;
  type: string;
  named: string;
}

function differences(naming: Naming, dump: string): { planted: number; wrong: Difference[] } {
  const planted = truthOf(dump).objects.filter(({ where, type }) => where === 'heap' && !UNNAMEABLE.has(type));
  const wrong: Difference[] = [];
  for (const { name, addr, type } of planted) {
    const objectId = naming.graph.index.objectAt(Number(addr));
    const named = objectId === NONE ? 'no object' : (naming.label(objectId).type ?? 'nothing');
    // Values inside a slot that is shared have no name of their own.
    if (objectId !== NONE && Number(addr) !== valueAddress(naming.graph, objectId)) continue;
    if (!same(named, type)) wrong.push({ object: name, type, named });
  }
  return { planted: planted.length, wrong };
}

describe('planted objects have their true types', () => {
  for (const { dump, executable, unnamed = [] } of PAIRS) {
    test(`${dump} by ${executable}`, async () => {
      const naming = await namingOf(dump, executable);
      const { planted, wrong } = differences(naming, dump);
      expect(planted).toBeGreaterThan(0);
      expect(wrong.filter(({ named }) => named !== 'nothing')).toEqual([]);
      expect(wrong.map(({ object }) => object)).toEqual(unnamed);
    });
  }
});

/** The programs print types in words of their own for what has no name in Go. */
function same(named: string, type: string): boolean {
  const closure = /^(?:closure|method value) (.*)$/.exec(type);
  if (closure) return named === `closure ${closure[1]}`;
  const backing = /^\[\](.*?) backing/.exec(type);
  if (backing)
    return new RegExp(`^\\[\\d+\\](.*\\.)?${backing[1].replace('*', '\\*').replace('byte', 'uint8')}$`).test(
      named.replace('*main.', '*'),
    );
  return named === type || SAME.get(type) === named || (named === 'tiny' && SMALL.has(type));
}
