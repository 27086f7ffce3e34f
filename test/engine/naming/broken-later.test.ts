// An executable that was believed and turns out to be broken where it is read late: answers say less, and none of them throws.
import { describe, expect, test } from 'vitest';
import { Random } from '../../../fixtures/builder/random';
import { closureGroups } from '../../../workers/values/closure-summary';
import { decodeObject, fieldPathInWords } from '../../../workers/values/decode-value';
import { findPools } from '../../../workers/values/pool-summary';
import { bytesOf, graphOf } from '../../support/dumps';
import { executableOf, nameGraph, programOf } from '../../support/programs';

const go = (): void => undefined;

describe.each(['go1.27.4/poolcycle', 'go1.27.4/poolcycle-stripped', 'go1.27.4/closureleak'])('%s', (name) => {
  test.each([1, 2])('noise from seed %d after naming', async (seed) => {
    const bytes = executableOf(name);
    const graph = await graphOf(bytesOf(`${name.replace('-stripped', '')}.heap`));
    const naming = await nameGraph(graph, programOf(bytes));
    const labels = Array.from({ length: graph.objectCount }, (_, i) => naming.label(i + 1));
    const random = new Random(seed);
    for (let i = 0; i < bytes.length; i += 1 + random.below(8)) bytes[i] = random.below(256);

    for (let id = 1; id <= graph.objectCount; id++) {
      expect(naming.reasonChain(id).every(({ reason }) => reason.endsWith('.'))).toBe(true);
      naming.fieldPath(id, random.below(256));
      if (id % 11 !== 0) continue;
      await fieldPathInWords(naming, id, 8 * random.below(32));
      await decodeObject(naming, id);
    }
    for (let root = 0; root < graph.roots.count; root++) naming.rootName(root);
    for (const frame of graph.records.frames) {
      naming.functionAt(frame.entryPc);
      naming.functionContaining(frame.pc);
    }
    expect(await closureGroups(naming, go)).toBeInstanceOf(Array);
    expect(await findPools(naming, go)).toBeInstanceOf(Array);
    // what was believed stays
    expect(labels.filter((label, i) => naming.label(i + 1) !== label)).toEqual([]);
  });
});
