import { describe, expect, test } from 'vitest';
import { ArraySource } from '../../../workers/dump/byte-source';
import { closureRetains, isCrowd } from '../../../workers/suspects/detectors/closure-retains';
import { bytesOf, truthOf } from '../../support/dumps';
import { executableOf } from '../../support/programs';
import { heapOf } from '../../support/analysed-heap';

async function look(dump: string, executable: string | null) {
  const source = new ArraySource(bytesOf(`${dump}.heap`), 'test.heap');
  const heap = await heapOf(source, executable === null ? null : executableOf(executable));
  return { heap, ...(await closureRetains.detect(heap)) };
}

describe('a handler that captures a whole report', () => {
  test('is found, with the variable that keeps it, and what lets go', async () => {
    const { heap, findings, skipped } = await look('go1.27.4/closureleak', 'go1.27.4/closureleak');
    const { objects } = truthOf('go1.27.4/closureleak');
    const idOf = (wanted: string) =>
      heap.graph.index.objectAt(Number(objects.find(({ name }) => name === wanted)?.addr));
    expect(skipped).toBeNull();
    expect(findings).toHaveLength(1);
    const [finding] = findings;
    const closure = idOf('handler.report');
    // the closure, 32 bytes, and the array of 104 KiB
    expect(finding).toMatchObject({
      key: 'closure main.bigSliceHandler.func1',
      severity: 'note',
      objects: 2,
      bytes: 32 + 104 * 1024,
    });
    const shown = finding.proofs.map((proof) => (proof.kind === 'object' ? proof.objectId : null));
    expect(shown).toEqual([closure, idOf('report')]);
    expect(finding.proofs[1].text).toContain('alone keeps 104.0 KiB');
    expect(finding.cuts.map(({ to, bytes }) => ({ to, bytes }))).toEqual([{ to: closure, bytes: finding.bytes }]);
  });

  test('is not known by the dump alone, which is said', async () => {
    const { findings, skipped } = await look('go1.27.4/closureleak', null);
    expect(findings).toEqual([]);
    expect(skipped).toContain('Without the executable');
  });
});

test('closures that defers are to run are told as such, all of one function together', async () => {
  const { findings } = await look('go1.27.4/deferleak', 'go1.27.4/deferleak-stripped');
  expect(findings.map(({ key, severity }) => ({ key, severity }))).toEqual([
    { key: 'closure main.loopMany.deferwrap1', severity: 'note' },
  ]);
  expect(findings[0].title).toContain('2,000 closures of main.loopMany.deferwrap1, which a defer is to run,');
});

test('a key holds no address where nothing names the function', async () => {
  const { findings } = await look('go1.27.4/deferleak', null);
  expect(findings.map(({ key }) => key)).toEqual(['closure of code without a name']);
  expect(findings[0].title).toMatch(/^2,000 closures of code at 0x/);
});

test('only many closures that hold much of a large heap are a crowd, and a warning', () => {
  expect(isCrowd(100, 8 * 2 ** 20, 32 * 2 ** 20)).toBe(true);
  expect(isCrowd(99, 8 * 2 ** 20, 32 * 2 ** 20)).toBe(false);
  expect(isCrowd(100, 8 * 2 ** 20 - 1, 2 ** 20)).toBe(false);
  expect(isCrowd(100, 8 * 2 ** 20, 33 * 2 ** 20)).toBe(false);
});

test.each([
  ['go1.27.4/layout', 'go1.27.4/layout'],
  ['go1.27.4/ifaces', 'go1.27.4/ifaces'],
  ['go1.27.4/poolcycle', 'go1.27.4/poolcycle'],
  ['go1.26.11/fresh', null],
  ['broken/disk-full', null],
])('%s has closures that keep little, or none', async (dump, executable) => {
  expect((await look(dump, executable)).findings).toEqual([]);
});
