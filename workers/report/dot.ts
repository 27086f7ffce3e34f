/** A drawn graph in Graphviz's language, for `dot -Tsvg`. Shapes tell the kinds, so it reads without colour. */
import type { DrawnEdge, DrawnGraph, DrawnNode } from '../api/graph';
import { edgeLabel } from './card';
import type { Palette } from './palette';
import { PALETTES, toneOf } from './palette';
import { printable } from './text';

export function toDot(graph: DrawnGraph): string {
  const colours = PALETTES.light;
  const heading = [graph.title, graph.subtitle].filter((line) => line !== '');
  return [
    `digraph ${quoted(graph.title)} {`,
    `  graph [rankdir=LR, labelloc=t, labeljust=l, label=${label(heading)}, fontname="DejaVu Sans"];`,
    `  node [shape=box, style="rounded,filled", fillcolor="${colours.surface}", color="${colours.line}", fontname="DejaVu Sans Mono", fontsize=10];`,
    `  edge [color="${colours.line}", fontname="DejaVu Sans Mono", fontsize=9];`,
    ...graph.nodes.map((node) => `  ${quoted(node.id)} ${attributes(nodeAttributes(node, colours))};`),
    ...graph.edges.map((edge) => `  ${quoted(edge.from)} -> ${quoted(edge.to)}${edgeAttributes(edge, colours)};`),
    '}',
    '',
  ].join('\n');
}

function nodeAttributes(node: DrawnNode, colours: Palette): [string, string][] {
  const all: [string, string][] = [['label', label([node.title, node.detail])]];
  if (node.kind === 'root') all.push(['style', '"filled"']);
  if (node.kind === 'class') all.push(['peripheries', '2']);
  if (node.kind === 'more') all.push(['style', '"rounded,dashed"']);
  if (node.isClosure) all.push(['shape', 'ellipse']);
  if (node.hasFinalizer) all.push(['xlabel', '"finalizer"']);
  const tone = toneOf(node);
  if (tone !== 'line') all.push(['color', quoted(colours[tone])]);
  if (node.selected) all.push(['fillcolor', quoted(colours.accentSoft)], ['penwidth', '2']);
  return all;
}

function edgeAttributes(edge: DrawnEdge, colours: Palette): string {
  const all: [string, string][] = [];
  const text = edgeLabel(edge);
  if (text !== null) all.push(['label', label([text])]);
  if (edge.cut?.best) return ` ${attributes([...all, ...bestCut(colours)])}`;
  if (edge.kind === 'cycle')
    all.push(['color', quoted(colours.finalizer)], ['penwidth', edge.tie === undefined ? '1.8' : '2.4']);
  if (edge.kind === 'holds') all.push(['style', 'dashed']);
  return all.length === 0 ? '' : ` ${attributes(all)}`;
}

function bestCut(colours: Palette): [string, string][] {
  return [
    ['style', 'dotted'],
    ['color', quoted(colours.accent)],
    ['penwidth', '2.4'],
  ];
}

function attributes(pairs: [string, string][]): string {
  return `[${pairs.map(([name, value]) => `${name}=${value}`).join(', ')}]`;
}

/** A quoted identifier. Graphviz knows one escape in it, `\"`; a lone backslash before the closing quote would keep it open. */
function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

/** A quoted label of several lines. In labels Graphviz also reads `\n` and the like, and HTML's entities. */
function label(lines: string[]): string {
  return `"${lines.map((line) => escaped(line).replaceAll('&', '&amp;')).join('\\n')}"`;
}

function escaped(text: string): string {
  return printable(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}
