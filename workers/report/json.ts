/** A drawn graph as JSON for other programs: schema `heapknot/export/1`, keys in a fixed order. */
import type { DrawnEdge, DrawnGraph, DrawnNode, EdgeCut } from '../api/graph';

const EXPORT_SCHEMA = 'heapknot/export/1';

export function toJson(graph: DrawnGraph): string {
  const document = {
    schema: EXPORT_SCHEMA,
    title: graph.title,
    subtitle: graph.subtitle,
    leftOut: { objects: graph.leftOut.objects, bytes: graph.leftOut.bytes },
    nodes: graph.nodes.map(nodeDocument),
    edges: graph.edges.map(edgeDocument),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function nodeDocument(node: DrawnNode) {
  return {
    id: node.id,
    kind: node.kind,
    title: node.title,
    detail: node.detail,
    address: node.address,
    type: node.label?.type ?? null,
    evidence: node.label?.evidence ?? null,
    hint: node.label?.hint ?? null,
    shape: node.label?.shape ?? null,
    rootKind: node.rootKind,
    held: node.held,
    holder: node.holder,
    objects: node.objects,
    bytes: node.bytes,
    retainedSize: node.retainedSize,
    inCycle: node.inCycle,
    hasFinalizer: node.hasFinalizer,
    isClosure: node.isClosure,
    selected: node.selected,
    ...(node.left !== undefined && { left: node.left }),
  };
}

function edgeDocument(edge: DrawnEdge) {
  const { id, from, to, label, kind, count, cut, tie } = edge;
  return { id, from, to, label, kind, count, cut: cut && cutDocument(cut), ...(tie !== undefined && { tie }) };
}

function cutDocument({ objects, bytes, exact, best }: EdgeCut) {
  return { objects, bytes, exact, best };
}
