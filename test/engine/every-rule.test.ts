// One heap in which every rule shows, read from the bytes of a dump and held against answers worked out by hand.
import { beforeAll, describe, expect, test } from 'vitest';
import { buildDump } from '../../fixtures/builder/build';
import { everyRule, type Expectation } from '../../fixtures/builder/every-rule';
import { platform } from '../../fixtures/builder/platform';
import { findCycleRetained } from '../../workers/analysis/cycle-retained';
import { ArraySource } from '../../workers/dump/byte-source';
import { readHeapGraph } from '../../workers/graph/build';
import { shallowSize, valueAddress } from '../../workers/graph/heap-graph';
import { MemoryAccount } from '../../workers/lib/alloc';
import { finish } from '../../workers/lib/work';
import { analyse, HOLDER_NAMES } from '../support/analyse';

const HELD = ['strong', 'strong', 'strong', 'strong', 'weak', 'none'] as const;
const { shape, objects, cycles } = everyRule();

async function answersOn(version: string, architecture: string) {
  const built = buildDump(shape, platform(version, architecture), { shuffleWindow: 8 });
  const graph = await readHeapGraph(new ArraySource(built.bytes), { account: new MemoryAccount() });
  const analysed = analyse(graph);
  const idOf = new Map([...built.order].map((object, k) => [object, k + 1]));
  const id = (name: string): number => idOf.get(shape.id(name))!;
  const { reachability, components, account } = analysed;
  const cycleRetained = finish(findCycleRetained(graph, reachability, components, account));
  return { graph, ...analysed, cycleRetained, id };
}

describe.each([
  ['go1.22.12', 'amd64'],
  ['go1.27.4', 'amd64'],
  ['go1.27.4', 's390x'],
])('%s on %s', (version, architecture) => {
  let answers: Awaited<ReturnType<typeof answersOn>>;

  beforeAll(async () => {
    answers = await answersOn(version, architecture);
  });

  test('nothing is missing and nothing is made up', () => {
    const { graph } = answers;
    expect(graph.records.state).toBe('whole');
    expect(graph.records.notes).toEqual([]);
    expect(graph.objectCount).toBe(Object.keys(objects).length);
  });

  test.each(Object.entries(objects))('%s', (name, expected) => {
    const { graph, reachability, tree, id } = answers;
    const object = id(name);
    const holder = reachability.holder[object];
    const header = valueAddress(graph, object) - graph.slotAddress[object];
    const found: Expectation = {
      held: HELD[holder],
      holder: HOLDER_NAMES[holder],
      size: shallowSize(graph, object),
      ...(header === 8 ? { header } : {}),
      retained: tree.retainedSize[object],
    };
    expect(found).toEqual(expected);
  });

  test('the cycles, their holders and what they retain', () => {
    const { components, cycleRetained, reachability, id } = answers;
    const found = Array.from({ length: components.cycleCount }, (_, cycle) => {
      const members = components.member.subarray(components.memberStart[cycle], components.memberStart[cycle + 1]);
      const holder = HOLDER_NAMES[reachability.holder[members[0]]];
      const cycleClass = holder === 'stack word' ? 'goroutine' : holder;
      return { members: [...members], retained: cycleRetained.bytes[cycle], class: cycleClass };
    });
    const expected = cycles.map((cycle) => ({ ...cycle, members: cycle.members.map(id).sort((a, b) => a - b) }));
    expect(found).toEqual(expected.sort((a, b) => a.members[0] - b.members[0]));
  });
});
