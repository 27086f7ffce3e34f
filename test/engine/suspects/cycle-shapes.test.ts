// Cycles that look the same, against keys written out as text: on dumps of programs, with and without names, and on many equal cycles.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { gunzipSync } from 'node:zlib';
import { ArraySource } from '../../../workers/dump/byte-source';
import { NONE } from '../../../workers/lib/none';
import { finish } from '../../../workers/lib/work';
import type { AnalysedDump } from '../../../workers/session/dump/opened-dump';
import { findShapeFacts } from '../../../workers/session/computed/cycle-shape-facts';
import { findCycleFacts, findCycleStructures, type CycleFacts } from '../../../workers/session/computed/cycle-facts';
import { heapCatalogue } from '../../../workers/session/computed/full-cycle-facts';
import { EXACT_MEMBERS, fieldAt, findCycleShapes } from '../../../workers/cycles/cycle-shapes';
import { bytesOf } from '../../support/dumps';
import { analysedDump } from '../../support/analysed-heap';

const checkpoint = () => undefined;

async function factsOf(dump: AnalysedDump): Promise<CycleFacts> {
  const drive = <T>(work: Generator<number, T, void>) => Promise.resolve(finish(work));
  return finish(findCycleFacts(dump, await findCycleStructures(dump, { checkpoint, drive })));
}

/** What cycles are compared by, in words. */
async function keyOf(dump: AnalysedDump, facts: CycleFacts, cycle: number): Promise<string> {
  const { graph, components, labels, naming, pointers } = dump;
  const members = components.member.subarray(components.memberStart[cycle], components.memberStart[cycle + 1]);
  const parts = Array.from(members, (id) => String(labels.labelOf(id)));
  let references = 0;
  for (const id of members) {
    const few = graph.shapes.pointerCount[graph.shapeId[id]] <= 512;
    const { offset } = await pointers.of(id);
    for (let at = 0; at < offset.length; at++) {
      const target = graph.referenceTarget[graph.referenceStart[id] + at];
      if (components.cycleOf[target] !== cycle) continue;
      references++;
      const field = few ? fieldAt(naming, id, offset[at]) : 'some field';
      if (members.length <= EXACT_MEMBERS) parts.push(`${labels.labelOf(id)} ${field} ${labels.labelOf(target)}`);
    }
  }
  return [facts.classes[cycle], references, ...parts.sort()].join('\n');
}

const DUMPS: [string, string | null][] = [
  ['go1.27.4/cache', null],
  ['go1.27.4/finalizers', 'go1.27.4/finalizers'],
  ['go1.27.4/poolcycle', 'go1.27.4/poolcycle'],
  ['go1.26.11/ctxleak', null],
  ['go1.24.4/mixed-3k', null],
  ['go1.24.4/timers', null],
  ['go1.27.4-mips/poolcycle', null],
  ['go1.27.4-386/chanleak', null],
];

describe.each(DUMPS)('%s, named by %s', (name, executable) => {
  test('shapes are the cycles with equal keys, and their rows add up', async () => {
    const program = executable === null ? null : gunzipSync(readFileSync(`fixtures/executables/${executable}.gz`));
    const dump = await analysedDump(new ArraySource(bytesOf(`${name}.heap`)), program);
    const facts = await factsOf(dump);
    const used = dump.account.used;
    const shapes = await findShapeFacts(heapCatalogue(dump, facts), checkpoint);
    expect(dump.account.used, 'scratch memory is given back').toBe(used);

    const { cycleCount, memberStart } = dump.components;
    const expected: number[] = [];
    const byKey = new Map<string, number>();
    for (let cycle = 0; cycle < cycleCount; cycle++) {
      const key = await keyOf(dump, facts, cycle);
      if (!byKey.has(key)) byKey.set(key, byKey.size);
      expected.push(byKey.get(key)!);
    }
    expect([...shapes.shapeOf]).toEqual(expected);
    expect([...shapes.first]).toEqual([...byKey.values()].map((shape) => expected.indexOf(shape)));

    const cyclesOf = (shape: number) => [...expected.keys()].filter((cycle) => expected[cycle] === shape);
    for (let shape = 0; shape < shapes.count; shape++) {
      const cycles = cyclesOf(shape);
      const sum = (value: (cycle: number) => number) => cycles.reduce((total, cycle) => total + value(cycle), 0);
      const isBelow = (cycle: number): boolean => {
        for (let at = facts.above[cycle]; at !== NONE; at = facts.above[at]) if (expected[at] === shape) return true;
        return false;
      };
      expect(shapes.cycles[shape]).toBe(cycles.length);
      expect(shapes.objects[shape]).toBe(sum((cycle) => memberStart[cycle + 1] - memberStart[cycle]));
      expect(shapes.ownBytes[shape]).toBe(sum((cycle) => facts.ownBytes[cycle]));
      expect(shapes.retainedBytes[shape]).toBe(sum((cycle) => (isBelow(cycle) ? 0 : facts.retainedBytes[cycle])));
      expect(facts.retainedBytes[shapes.largest[shape]]).toBe(
        Math.max(...cycles.map((cycle) => facts.retainedBytes[cycle])),
      );
    }
  });
});

test('the pairs that mixed let go of are one shape', async () => {
  const dump = await analysedDump(new ArraySource(bytesOf('go1.24.4/mixed-3k.heap')), null);
  const { cycles } = await findShapeFacts(heapCatalogue(dump, await factsOf(dump)), checkpoint);
  expect([...cycles]).toContain(15);
});

test('cycles of different groups are never one shape, however equal', async () => {
  const { graph, naming, components, account, labels } = await analysedDump(
    new ArraySource(bytesOf('go1.24.4/mixed-3k.heap')),
    null,
  );
  const { cycleCount } = components;
  const shapesBy = async (groupOf: (cycle: number) => number): Promise<number> => {
    const groups = Array.from({ length: cycleCount }, (_, cycle) => groupOf(cycle));
    const kindOf = (id: number) => labels.labelOf(id);
    return (await findCycleShapes({ graph, naming, components, groups, kindOf }, { account, checkpoint })).count;
  };
  const together = await shapesBy(() => 0);
  expect(together).toBeLessThan(cycleCount - 10);
  expect(await shapesBy((cycle) => cycle)).toBe(cycleCount);
});

test('looks at each member once and at each of its references once, however many cycles there are', async () => {
  const dump = await analysedDump(new ArraySource(bytesOf('go1.24.4/mixed-3k.heap')), null);
  const { graph, naming, components, account } = dump;
  const { classes } = await factsOf(dump);
  let asked = 0;
  const kindOf = (id: number) => {
    asked++;
    return dump.labels.labelOf(id);
  };
  await findCycleShapes({ graph, naming, components, groups: classes, kindOf }, { account, checkpoint });
  let inner = 0;
  for (const id of components.member) {
    for (let at = graph.referenceStart[id]; at < graph.referenceStart[id + 1]; at++) {
      if (components.cycleOf[graph.referenceTarget[at]] === components.cycleOf[id]) inner++;
    }
  }
  expect(asked).toBeLessThanOrEqual(components.member.length + 2 * inner);
});
