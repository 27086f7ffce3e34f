/** Small drawn graphs written by hand. */
import type { DrawnEdge, DrawnGraph, DrawnNode } from '../../../workers/api';

export function node(id: string, title: string, detail: string, more: Partial<DrawnNode> = {}): DrawnNode {
  return {
    id,
    kind: 'object',
    title,
    detail,
    label: null,
    address: null,
    rootKind: null,
    held: 'strong',
    holder: 'global',
    objects: 1,
    bytes: 48,
    retainedSize: null,
    inCycle: false,
    hasFinalizer: false,
    isClosure: false,
    selected: false,
    ...more,
  };
}

export function edge(from: string, to: string, label: string | null, more: Partial<DrawnEdge> = {}): DrawnEdge {
  return { id: `${from} > ${to}`, from, to, label, kind: 'plain', count: 1, cut: null, ...more };
}

/** The cycle that the design sketches show: sessions that their finalizer and a closure keep. */
export const SESSIONS: DrawnGraph = {
  title: '*session.Session ↔ closure Watch.func1',
  subtitle: '256 objects · own 28.0 KiB · retains 18.3 MiB',
  nodes: [
    node('root:1', 'main.registry', 'global · bss+0x1a40', { kind: 'root', rootKind: 'bss', objects: 0 }),
    node('o:0x1', 'map[string]*Session', '128 entries · 18.2 MiB'),
    node('root:2', 'finalizer', '(*Session).Close', {
      kind: 'root',
      rootKind: 'finalizer',
      holder: 'finalizer',
      objects: 0,
    }),
    node('class:1:1', '*session.Session', '128 × 192 B · 146 KiB each', {
      kind: 'class',
      objects: 128,
      inCycle: true,
      hasFinalizer: true,
      selected: true,
    }),
    node('class:1:2', 'closure Watch.func1', 'captures s, ch · 32 B', {
      kind: 'class',
      objects: 128,
      inCycle: true,
      isClosure: true,
    }),
    node('more:c:1:out', '+37 more', '12.1 MiB', { kind: 'more', objects: 37 }),
  ],
  edges: [
    edge('root:1', 'o:0x1', '.sessions', { cut: { objects: 1, bytes: 4096, exact: true, best: false } }),
    edge('o:0x1', 'class:1:1', 'value[…]', { count: 128 }),
    edge('root:2', 'class:1:1', null, {
      kind: 'holds',
      cut: { objects: 4711, bytes: 19_189_000, exact: true, best: true },
    }),
    edge('class:1:1', 'class:1:2', '.onClose', { kind: 'cycle' }),
    edge('class:1:2', 'class:1:1', 'captured s', { kind: 'cycle' }),
    edge('class:1:1', 'more:c:1:out', '.conn'),
  ],
  leftOut: { objects: 37, bytes: 12_687_770 },
};

/** Everything that breaks a careless writer: quotes, markup, line ends, lone surrogates, text that turns its direction, endless names. */
export const HOSTILE_NAMES = [
  '"; evil [label="',
  '\\',
  'a\\"b\\',
  '<script>alert(1)</script>',
  ']]>&amp;&#0;<!--',
  "it's \n two\r\nlines\u0000\u0007",
  '\u202Eesrever \u2066x',
  '\ud800 half',
  '→ 類型 🧶',
  'x'.repeat(10_000),
  '',
];

/** A ring of nodes with these names, each edge named like the node it comes from. */
export function ringOf(names: string[]): DrawnGraph {
  const nodes = names.map((name, i) => node(`o:${i}`, name, name, { hasFinalizer: i === 0, isClosure: i === 1 }));
  const edges = names.map((name, i) => edge(`o:${i}`, `o:${(i + 1) % names.length}`, name, { kind: 'cycle' }));
  return { title: names[0], subtitle: names[1] ?? '', nodes, edges, leftOut: { objects: 0, bytes: 0 } };
}
