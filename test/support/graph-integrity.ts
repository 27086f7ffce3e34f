/** Holds a graph against everything that must be true of one, whatever the dump. For tests, and for doubts. */
import { NONE } from '../../workers/lib/none';
import { type HeapGraph, shallowSize } from '../../workers/graph/heap-graph';

/** Throws an Error with one sentence about the first thing that is wrong. */
export function assertGraphIntegrity(graph: HeapGraph): void {
  assertRows('reference', graph.vertexCount, graph.referenceStart, graph.referenceTarget);
  assertRows('referrer', graph.vertexCount, graph.referrerStart, graph.referrerSource);
  assertDirectionsAgree(graph);
  assertObjects(graph);
  assertRoots(graph);
}

function check(holds: boolean, sentence: () => string): void {
  if (!holds) throw new Error(sentence());
}

function assertRows(name: string, vertexCount: number, start: Uint32Array, entry: Uint32Array): void {
  check(start.length === vertexCount + 1, () => `${name}Start has ${start.length} entries for ${vertexCount} vertices`);
  check(
    start[0] === 0 && start[vertexCount] === entry.length,
    () => `${name}Start does not span its ${entry.length} entries`,
  );
  for (let vertex = 0; vertex < vertexCount; vertex++) {
    check(start[vertex] <= start[vertex + 1], () => `${name}Start falls at vertex ${vertex}`);
  }
  for (const other of entry)
    check(other > 0 && other < vertexCount, () => `a ${name} leads to vertex ${other} of ${vertexCount}`);
}

/** Takes each reference off its target's row of referrers in the order of sources, which is how those rows ascend. */
function assertDirectionsAgree(graph: HeapGraph): void {
  const { vertexCount, referenceStart, referenceTarget, referrerStart, referrerSource } = graph;
  check(referenceTarget.length === referrerSource.length, () => 'references and referrers differ in number');
  const next = referrerStart.slice();
  for (let vertex = 0; vertex < vertexCount; vertex++) {
    for (let i = referenceStart[vertex]; i < referenceStart[vertex + 1]; i++) {
      const target = referenceTarget[i];
      const at = next[target]++;
      check(
        at < referrerStart[target + 1] && referrerSource[at] === vertex,
        () => `the reference ${vertex} → ${target} is not among the referrers`,
      );
    }
  }
}

function assertObjects(graph: HeapGraph): void {
  const { objectCount, vertexCount, slotAddress, shapeId, shapes, index } = graph;
  check(vertexCount === objectCount + 1, () => `${vertexCount} vertices for ${objectCount} objects`);
  check(shallowSize(graph, 0) === 0, () => 'the pseudo-root has a size');
  let bytes = 0;
  for (let id = 1; id <= objectCount; id++) {
    check(shapeId[id] < shapes.count, () => `object ${id} has shape ${shapeId[id]} of ${shapes.count}`);
    const size = shallowSize(graph, id);
    check(size > shapes.valueOffset[shapeId[id]], () => `object ${id} has no room for a value`);
    bytes += size;
    for (const inside of [0, Math.floor(size / 2), size - 1]) {
      const found = index.objectAt(slotAddress[id] + inside);
      check(found === id, () => `object ${id} + ${inside} is found as ${found === NONE ? 'nothing' : found}`);
    }
  }
  check(bytes === graph.heapBytes, () => `the objects have ${bytes} bytes, heapBytes says ${graph.heapBytes}`);
}

function assertRoots(graph: HeapGraph): void {
  const { roots, objectCount } = graph;
  check(roots.strongCount <= roots.count, () => `${roots.strongCount} strong roots of ${roots.count}`);
  for (const column of [roots.kind, roots.target, roots.targetOffset, roots.owner, roots.offset]) {
    check(column.length === roots.count, () => `a column of roots has ${column.length} entries for ${roots.count}`);
  }
  for (let root = 0; root < roots.count; root++) {
    const target = roots.target[root];
    check(target > 0 && target <= objectCount, () => `root ${root} leads to object ${target} of ${objectCount}`);
    const offset = roots.targetOffset[root];
    check(
      offset >= 0 && offset < shallowSize(graph, target),
      () => `root ${root} leads to byte ${offset} of object ${target}`,
    );
  }
}
