// Graphs of kinds: folded until they can be read, with their ties marked and numbered.
import { describe, expect, it } from 'vitest';
import type { DrawnEdge, DrawnGraph } from '../../../workers/api';
import { chatScale, fittedKinds, layOutKinds, pictureSize, toDot, toJson, toSvg } from '../../../workers/report';
import { foldKinds } from '../../../workers/report/fold-kinds';
import { edge, node } from './graphs';
import { readDot, readXml } from './languages';

const OPTIONS = { theme: 'light', dumpName: 'app.heap', legend: true } as const;

function kind(name: string, bytes: number, objects = 1) {
  return node(name, name, `×${objects}`, { kind: 'class', bytes, objects });
}

function graph(nodes: DrawnGraph['nodes'], edges: DrawnEdge[]): DrawnGraph {
  return { title: 'What ties cycle 3', subtitle: 'go1.27', nodes, edges, leftOut: { objects: 0, bytes: 0 } };
}

/** A server with clients in a map, which refer back to it. */
const SERVER = graph(
  [kind('Server', 900), kind('map', 48), kind('group', 400, 7), kind('Client', 8000, 50), kind('Log', 100)],
  [
    edge('Server', 'map', '.clients'),
    edge('map', 'group', '.dirPtr', { count: 7 }),
    edge('group', 'Client', 'value[]', { count: 50 }),
    edge('Client', 'Server', '.srv', { count: 50, kind: 'cycle', tie: 1 }),
    edge('Server', 'Log', '.log'),
    edge('Log', 'Server', '.owner'),
    edge('Client', 'Log', '.log', { count: 50 }),
  ],
);

/** Many types, each in a level of its own below the last and tied to the first: far too wide and high to be read. */
function large(types: number, ties: number): DrawnGraph {
  const name = (at: number) => `server.VeryLongTypeName${at}`;
  const nodes = Array.from({ length: types }, (_, at) => kind(name(at), 10 * at + 10));
  const edges = nodes
    .slice(1)
    .flatMap((_, at) => [
      edge(name(at % 7), name(at + 1), `.field${at}`),
      edge(name(at + 1), name(0), '.back', at < ties ? { kind: 'cycle', tie: at + 1 } : {}),
    ]);
  return graph(nodes, edges);
}

describe('folding', () => {
  it('takes the lightest kinds first; what one other leads to becomes part of the edge', () => {
    const folded = foldKinds(SERVER, 3);
    expect(folded.nodes.map(({ id }) => id)).toEqual(['Server', 'group', 'Client']);
    expect(folded.leftOut).toEqual({ objects: 2, bytes: 148 });
    const labels = folded.edges.map(({ from, label, to }) => `${from} ${label} ${to}`);
    expect(labels).toContain('Server .clients….dirPtr group');
    expect(foldKinds(SERVER, 2).edges.map(({ label }) => label)).toContain('.clients…value[]');
  });

  it('never takes the ends of ties, however few there shall be', () => {
    expect(foldKinds(SERVER, 0).nodes.map(({ id }) => id)).toEqual(['Server', 'Client']);
    expect(foldKinds(SERVER, 0, 0).nodes).toEqual([]);
  });

  it('leaves edges alone whose kinds stay, and a graph that is small enough', () => {
    expect(foldKinds(SERVER, 5)).toEqual(SERVER);
  });
});

describe('a picture of kinds', () => {
  it.each([
    [12, 3],
    [40, 10],
    [40, 20],
  ])('of %i types and %i ties is no wider than a chat shows', (types, ties) => {
    const fitted = fittedKinds(large(types, ties));
    const size = pictureSize(layOutKinds(fitted), OPTIONS);
    expect(size.width * chatScale(size)).toBeLessThanOrEqual(2400);
    // letters of twelve units, shrunk to 1,200 pixels
    expect((12 * 1200) / Math.max(1200, size.width)).toBeGreaterThan(9.5);
    const drawn = fitted.edges.filter(({ tie }) => tie !== undefined).length;
    if (drawn < ties) expect(fitted.subtitle).toContain(`${drawn} of ${ties} ties`);
    expect(fitted.nodes.reduce((sum, { objects }) => sum + objects, fitted.leftOut.objects)).toBe(types);
  });

  it('leads downwards, and has ties by number', () => {
    const drawing = layOutKinds(SERVER);
    const place = (id: string) => drawing.nodes.find(({ node: { id: one } }) => one === id)?.y ?? NaN;
    expect(place('map')).toBeLessThan(place('group'));
    const svg = toSvg(drawing, OPTIONS);
    expect(readXml(svg)).toContain('path');
    expect(svg).toContain('① .srv ×50');
    expect(svg).toContain('ties the cycle, holds nothing by itself');
    expect(svg).toContain('app.heap');
  });

  it('is told in DOT and JSON with its ties', () => {
    const dot = toDot(SERVER);
    expect(readDot(dot).edges).toContainEqual(['Client', 'Server']);
    expect(dot).toContain('① .srv ×50');
    const { edges } = JSON.parse(toJson(SERVER)) as { edges: { label: string; tie?: number }[] };
    expect(edges.filter(({ tie }) => tie !== undefined)).toMatchObject([{ label: '.srv', tie: 1 }]);
  });
});
