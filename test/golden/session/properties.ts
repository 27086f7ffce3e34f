/** What holds for the answers about any dump: rows agree with each other, with the totals and with what was asked for. */
import { expect } from 'vitest';
import type { Page } from '../../../workers/api';
import type { Answers, ObjectAnswers } from './questions';

type Holds = (answers: Answers) => void;

/** Both objects of a dump that are asked about in full. */
const objectsOf = ({ cycle, holder }: Answers): ObjectAnswers[] => [cycle.member, holder];

const isPage = (value: unknown): value is Page<unknown> =>
  typeof value === 'object' && value !== null && 'rows' in value && 'total' in value;

const descending = (figures: readonly number[]): boolean =>
  figures.every((figure, i) => i === 0 || figure <= figures[i - 1]);

export const PROPERTIES: Readonly<Record<string, Holds>> = {
  'no page holds more than its list': (answers) => {
    const pages = [answers.lists, answers.cycle, ...objectsOf(answers)].flatMap((part) =>
      Object.values(part).filter(isPage),
    );
    expect(pages.length).toBeGreaterThan(20);
    for (const page of pages) expect(page.rows.length).toBeLessThanOrEqual(page.total);
  },

  'the summary counts what the lists hold': ({ summary, lists }) => {
    expect(lists.objects.total).toBe(summary.heap.objects);
    expect(lists.names.total).toBe(summary.heap.objects);
    expect(lists.goroutines.total).toBe(summary.goroutines.total);
    expect(lists.cycles.total).toBe(summary.cycles.count);
    expect(lists.roots.total).toBe(Object.values(summary.roots).reduce((sum, count) => sum + count, 0));
    expect(summary.heldBy.reduce((sum, { objects }) => sum + objects, 0)).toBe(summary.heap.objects);
    expect(summary.heldBy.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(summary.heap.bytes);
  },

  'the heap is as large as the runtime has said': ({ summary: { dump, heap, memstats } }) => {
    expect(memstats === null).toBe(dump.truncated);
    if (memstats === null) return;
    const { HeapObjects, HeapAlloc, Mallocs, Frees } = memstats;
    expect([HeapObjects, HeapAlloc]).toEqual([heap.objects, heap.bytes]);
    // Small values that share a slot are counted one by one.
    expect(Number(Mallocs) - Number(Frees)).toBeGreaterThanOrEqual(heap.objects);
  },

  'lists are sorted as asked': ({ lists }) => {
    for (const { rows } of [lists.objects, lists.roots])
      expect(descending(rows.map(({ retainedSize }) => retainedSize))).toBe(true);
    for (const { rows } of [lists.cycles, lists.shapes, lists.types, lists.closures, lists.goroutines])
      expect(descending(rows.map(({ retainedBytes }) => retainedBytes))).toBe(true);
    expect(descending(lists.cyclesOfAll.rows.map(({ id }) => id))).toBe(true);
    const names = lists.frameRoots.rows.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
  },

  'a second page goes on where the first ends': ({ lists: { farthest, nextFarthest } }) => {
    const rows = [...farthest.rows, ...nextFarthest.rows];
    expect(nextFarthest).toMatchObject({ total: farthest.total, offset: 3 });
    expect(new Set(rows.map(({ address }) => address)).size).toBe(6);
    expect(descending(rows.map(({ distance }) => distance ?? -1))).toBe(true);
  },

  'filters hold': ({ lists }) => {
    for (const { size, held } of lists.staleWords.rows) {
      expect([held, size >= 16, size <= 1024]).toEqual(['weak', true, true]);
    }
    for (const row of lists.cyclesOfHolders.rows) expect(row.class).toMatch(/^(gor|fin)/);
    for (const { kind } of lists.frameRoots.rows) expect(kind).toBe('stack');
  },

  'an object is the same in a list, by itself and by any address inside': (answers) => {
    const { lists, cycle, holder } = answers;
    expect(holder.row).toMatchObject(lists.objects.rows[0]);
    expect(cycle.member.row).toMatchObject(cycle.members.rows[0]);
    for (const { row, byInside } of objectsOf(answers)) expect(byInside).toEqual(row);
  },

  'an object is found by its address': (answers) => {
    for (const { row, found } of objectsOf(answers))
      expect(found).toEqual([
        { kind: 'object', label: row!.address, detail: found[0].detail, address: row!.address, id: null },
      ]);
  },

  'references, referrers and dominators are as many as the object says': (answers) => {
    for (const { row, references, referrers, dominators, dominated } of objectsOf(answers)) {
      expect(references.total).toBe(row!.references);
      expect(referrers.total).toBe(row!.referrers);
      expect(dominators.at(0)?.address ?? (row!.reachable ? 'root' : null)).toBe(row!.dominator);
      expect(dominated.total > 0).toBe(row!.retainedObjects > 1);
      for (const child of dominated.rows) expect(child.retainedSize).toBeLessThan(row!.retainedSize);
    }
  },

  'root paths lead to the object, and keep away from what they must not use': (answers) => {
    for (const { row, paths, pathsNotFromGlobals } of objectsOf(answers)) {
      for (const path of [...paths.paths, ...pathsNotFromGlobals.paths])
        expect(path.steps.at(-1)?.address).toBe(row!.address);
      for (const { root } of pathsNotFromGlobals.paths) expect(root.kind).not.toMatch(/data|bss/);
    }
  },

  'members, borders and drawing are those of the cycle': ({ cycle }) => {
    const { row, members, entering, leaving, drawing } = cycle;
    expect(members.total).toBe(row.objects);
    expect(entering.total).toBe(row.enteringTotal);
    expect(leaving.total).toBe(row.leavingTotal);
    for (const member of members.rows) expect(member.cycle).toBe(row.id);
    expect(drawing.title).toBe(`Cycle ${String(row.id)}`);
    expect(drawing.nodes.length + drawing.edges.length).toBeLessThanOrEqual(60);
    const drawn = new Set(drawing.nodes.map(({ id }) => id));
    for (const { from, to } of drawing.edges) expect([drawn.has(from), drawn.has(to)]).toEqual([true, true]);
  },

  'cuts come by what they free, and none frees more than all together': (answers) => {
    const cuts = objectsOf(answers).map((object) => object.cuts);
    for (const { rows, together } of [...cuts, answers.cycle.cuts]) {
      expect(descending(rows.map(({ bytes }) => bytes))).toBe(true);
      for (const { bytes } of rows) expect(bytes).toBeLessThanOrEqual(together.bytes);
    }
  },

  'searches find the goroutine and the cycle that they name': ({ lists }) => {
    expect(lists.foundGoroutine.map(({ kind, id }) => [kind, id])).toEqual([['goroutine', 1]]);
    const cycles = lists.foundCycle.map(({ kind, id }) => [kind, id]);
    expect(cycles).toEqual(lists.cyclesOfAll.total === 0 ? [] : [['cycle', 0]]);
  },

  'each detector of the report has found what stands in its findings': ({ lists: { findings } }) => {
    for (const { name, found } of findings.detectors)
      expect([name, findings.rows.filter(({ detector }) => detector === name).length]).toEqual([name, found]);
    expect(findings.total).toBe(findings.rows.length);
  },
};
