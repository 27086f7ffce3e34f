/**
 * A graph of kinds with fewer nodes. The lightest kinds go first; those at the ends of ties never do. A kind that one other leads to, or that leads to
 * one other, as the tables of maps do, becomes part of the edge: `.clients…value[]`. Of any other its edges go with it.
 */
import type { DrawnEdge, DrawnGraph, DrawnNode } from '../api/graph';

/** The same graph with at most `most` nodes, and all that the first `ties` ties end at. */
export function foldKinds(graph: DrawnGraph, most: number, ties = Infinity): DrawnGraph {
  const kept = new Set(graph.edges.flatMap(({ from, to, tie = Infinity }) => (tie < ties + 1 ? [from, to] : [])));
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const byWeight = graph.nodes.filter(({ id }) => !kept.has(id)).sort(lighter);
  const leftOut = { ...graph.leftOut };
  let { edges } = graph;
  for (const { id, objects, bytes } of byWeight) {
    if (nodes.size <= most) break;
    nodes.delete(id);
    leftOut.objects += objects;
    leftOut.bytes += bytes;
    edges = without(edges, id);
  }
  return { ...graph, nodes: [...nodes.values()], edges: mergeParallel(edges), leftOut };
}

function lighter(a: DrawnNode, b: DrawnNode): number {
  return a.bytes - b.bytes || a.objects - b.objects || (a.id < b.id ? -1 : 1);
}

function without(edges: readonly DrawnEdge[], id: string): DrawnEdge[] {
  const others = edges.filter(({ from, to }) => from !== id && to !== id);
  const into = edges.filter(({ from, to }) => to === id && from !== id);
  const out = edges.filter(({ from, to }) => from === id && to !== id);
  const ends = (list: readonly DrawnEdge[], end: 'from' | 'to') => new Set(list.map((edge) => edge[end])).size;
  if (ends(into, 'from') > 1 && ends(out, 'to') > 1) return others;
  return [...others, ...into.flatMap((first) => out.map((second) => joined(first, second)))];
}

function joined(first: DrawnEdge, second: DrawnEdge): DrawnEdge {
  const parts = [first.label, second.label].flatMap((label) => (label === null ? [] : label.split('…')));
  const label = parts.length > 1 ? `${parts[0]}…${parts[parts.length - 1]}` : (parts.at(0) ?? null);
  return { ...second, id: `${first.id} ${second.id}`, from: first.from, label, kind: 'plain' };
}

/** One edge from node to node but for ties, which stand for themselves; its label has the fields, one after another. */
export function mergeParallel(edges: readonly DrawnEdge[]): DrawnEdge[] {
  const merged = new Map<string, DrawnEdge>();
  for (const edge of edges) {
    const key = JSON.stringify(edge.tie === undefined ? [edge.from, edge.to] : [edge.id]);
    const before = merged.get(key);
    merged.set(key, before ? together(before, edge) : edge);
  }
  return [...merged.values()];
}

function together(a: DrawnEdge, b: DrawnEdge): DrawnEdge {
  const fields = [a.label, b.label].flatMap((label) => label?.split(' ') ?? []);
  return { ...a, label: fields.length === 0 ? null : [...new Set(fields)].join(' '), count: a.count + b.count };
}
