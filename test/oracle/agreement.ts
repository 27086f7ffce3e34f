/** Holds the analyses of one graph against the naive ones. Each check returns both answers in the same plain form, to be compared whole. */
import { countCycleBorder } from '../../workers/analysis/cycle-border';
import { findCycleRetained } from '../../workers/analysis/cycle-retained';
import { findDistances } from '../../workers/analysis/distances';
import type { ObjectGraph } from '../../workers/analysis/object-graph';
import { findSetRetained } from '../../workers/analysis/set-retained';
import { NONE } from '../../workers/lib/none';
import { finish } from '../../workers/lib/work';
import { analyse, HOLDER_NAMES, type Analysed } from '../support/analyse';
import { NaiveGraph } from './naive';

export interface Agreement {
  found: unknown;
  expected: unknown;
}

type Check = (naive: NaiveGraph, analysed: Analysed) => Agreement;

const holders: Check = (naive, { reachability }) => ({
  found: {
    holder: naive.ids.map((v) => HOLDER_NAMES[reachability.holder[v]]),
    objects: [...reachability.objects],
    bytes: [...reachability.bytes],
    effectiveRoots: [...reachability.effectiveRoots],
  },
  expected: {
    holder: naive.ids.map((v) => naive.holder(v)),
    objects: HOLDER_NAMES.map((holder) => naive.ids.filter((v) => naive.holder(v) === holder).length),
    bytes: HOLDER_NAMES.map((holder) => naive.bytes(naive.ids.filter((v) => naive.holder(v) === holder))),
    effectiveRoots: naive.effectiveRoots(),
  },
});

const cycles: Check = (naive, { components }) => {
  const { cycleCount, cycleOf, member, memberStart, garbageEntry } = components;
  const expected = naive.cycles();
  return {
    found: {
      cycles: Array.from({ length: cycleCount }, (_, c) => [...member.subarray(memberStart[c], memberStart[c + 1])]),
      cycleOf: naive.ids.map((v) => cycleOf[v]),
      garbageEntry: [...garbageEntry],
    },
    expected: {
      cycles: expected,
      cycleOf: naive.ids.map((v) => expected.findIndex((cycle) => cycle.includes(v)) >>> 0),
      garbageEntry: naive.garbageEntries(),
    },
  };
};

const dominators: Check = (naive, { tree }) => ({
  found: naive.ids.map((v) => tree.immediateDominator[v]),
  expected: naive.immediateDominators().slice(1),
});

/** The nearest dominator is the one that all others dominate. Sets of sets: for small graphs. */
const relaxed: Check = (naive, { tree }) => {
  const sets = naive.dominators();
  const nearest = (v: number): number | undefined =>
    [...sets[v]].filter((d) => d !== v).sort((a, b) => sets[b].size - sets[a].size)[0];
  return {
    found: naive.ids.map((v) => tree.immediateDominator[v]),
    expected: naive.ids.map(nearest),
  };
};

const retained: Check = (naive, { tree }) => {
  const sets = naive.ids.map((v) => naive.retainedBy(new Set([v])));
  return {
    found: naive.ids.map((v) => [tree.retainedObjects[v], tree.retainedSize[v]]),
    expected: sets.map((set) => [set.size, naive.bytes(set)]),
  };
};

/** Children are those with that dominator, by retained size, then as in the file. */
const children: Check = (naive, { tree }) => ({
  found: [0, ...naive.ids].map((d) => [
    ...tree.dominatedObject.subarray(tree.dominatedStart[d], tree.dominatedStart[d + 1]),
  ]),
  expected: [0, ...naive.ids].map((d) =>
    naive.ids
      .filter((v) => tree.immediateDominator[v] === d)
      .sort((a, b) => tree.retainedSize[b] - tree.retainedSize[a] || a - b),
  ),
});

const cycleRetained: Check = (naive, { reachability, components, account }) => {
  const { objects, bytes, above } = finish(findCycleRetained(naive.graph, reachability, components, account));
  const cycles = naive.cycles();
  const sets = cycles.map((cycle) => naive.retainedBy(new Set(cycle)));
  // of those that take a cycle along, the nearest retains least
  const nearest = cycles.map(([member], cycle) => {
    const takers = [...sets.keys()].filter((other) => other !== cycle && sets[other].has(member));
    return takers.sort((a, b) => sets[a].size - sets[b].size)[0] ?? NONE;
  });
  return {
    found: [[...objects], [...bytes], [...above]],
    expected: [sets.map((set) => set.size), sets.map((set) => naive.bytes(set)), nearest],
  };
};

const cycleBorder: Check = (naive, { reachability, components }) => {
  const { entering, leaving } = finish(countCycleBorder(naive.graph, reachability, components));
  const sum = (counts: number[]): number => counts.reduce((a, b) => a + b, 0);
  const roots = naive.effectiveRoots().map((root) => naive.graph.roots.target[root]);
  return {
    found: [[...entering], [...leaving]],
    expected: [
      naive.cycles().map((cycle) => {
        const referrers = cycle.map((v) => naive.referrers[v].filter((u) => !cycle.includes(u)).length);
        return sum(referrers) + roots.filter((v) => cycle.includes(v)).length;
      }),
      naive
        .cycles()
        .map((cycle) => sum(cycle.map((v) => naive.references[v].filter((w) => !cycle.includes(w)).length))),
    ],
  };
};

/** Groups as types are: by shape; the last one is left out, as objects in no group are. */
const setRetained: Check = (naive, { tree, components, account }) => {
  const groups = Math.max(0, naive.graph.shapes.count - 1);
  const groupOf = naive.graph.shapeId.map((shape) => (shape === groups ? NONE : shape));
  const { objects, bytes } = finish(findSetRetained(tree, components, groupOf, groups, account));
  const unions = Array.from({ length: groups }, (_, group) => {
    const members = naive.ids.filter((v) => groupOf[v] === group);
    return new Set(members.flatMap((v) => [...naive.retainedBy(new Set([v]))]));
  });
  return {
    found: [[...objects], [...bytes]],
    expected: [unions.map((set) => set.size), unions.map((set) => naive.bytes(set))],
  };
};

const distances: Check = (naive, { reachability, account }) => {
  const distance = finish(findDistances(naive.graph, reachability, account));
  const expected = naive.distances();
  return {
    found: naive.ids.map((v) => (distance[v] === NONE ? Infinity : distance[v])),
    expected: naive.ids.map((v) => expected[v]),
  };
};

export const CHECKS = {
  'holders and the roots that count': holders,
  'cycles and garbage sources': cycles,
  'immediate dominators': dominators,
  'retained sizes': retained,
  'dominated objects': children,
  'retained sizes of cycles': cycleRetained,
  'borders of cycles': cycleBorder,
  'retained sizes of shapes': setRetained,
  distances,
};

/** For graphs of some tens of objects only. */
export const SMALL_CHECKS = { 'immediate dominators by relaxation': relaxed };

export type CheckName = keyof typeof CHECKS | keyof typeof SMALL_CHECKS;

export function agreement(check: CheckName, graph: ObjectGraph): Agreement {
  return { ...CHECKS, ...SMALL_CHECKS }[check](new NaiveGraph(graph), analyse(graph));
}
