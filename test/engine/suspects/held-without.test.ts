// What is held without some elements, by what stays and by what comes and goes: on sketches.
import { expect, test } from 'vitest';
import { parseSketch } from '../../../fixtures/shapes/sketch';
import type { AnalysedHeap } from '../../../workers/heap/analysed-heap';
import { finish } from '../../../workers/lib/work';
import { findHeldWithout } from '../../../workers/suspects/holders/held-without';
import { analyse } from '../../support/analyse';
import { objectGraph } from '../../support/object-graph';

interface Extras {
  /** Objects that lead to these alone, whatever they point at. */
  lead?: Record<string, string[]>;
  processors?: string[];
  /** Variables are the runtime's. */
  runtimes?: boolean;
}

/** Names of what variables reach, and of what anything does. */
function heldIn(drawing: string, { lead = {}, processors = [], runtimes = false }: Extras): [string, string] {
  const sketch = parseSketch(drawing);
  const graph = objectGraph(drawing);
  const { account, reachability } = analyse(graph);
  const naming = { rootName: () => (runtimes ? 'runtime.allp' : 'main.v') };
  const heap = { graph, naming, reachability, account } as unknown as AnalysedHeap; // as much of one as is looked at
  const targets = new Map(
    Object.entries(lead).map(([from, to]) => [sketch.id(from), to.map((name) => sketch.id(name))]),
  );
  const shut = new Set(processors.map((name) => sketch.id(name)));
  const { byVariables, byAny } = finish(findHeldWithout(heap, targets, shut));
  const names = [byVariables, byAny].map((set) =>
    sketch.objects.flatMap(({ name }) => (set.has(sketch.id(name)) ? [name] : [])).join(' '),
  );
  byVariables.release();
  byAny.release();
  return [names[0], names[1]];
}

test.each<[string, string, Extras, [string, string]]>([
  ['all that elements lead to', 'data -> a -> b -> c', {}, ['a b c', 'a b c']],
  ['one that is stale', 'data -> a -> b; a -> c -> d', { lead: { a: ['b'] } }, ['a b', 'a b']],
  ['a goroutine has it', 'data -> a -> b; stack -> b -> c', { lead: { a: [] } }, ['a', 'a b c']],
  ['a variable of the runtime has it', 'bss -> p -> a', { runtimes: true }, ['', 'p a']],
  ['a timer leads to its processor', 'data -> t -> p -> h -> u -> a', { processors: ['p'] }, ['t p', 't p h u a']],
  ['a timer and a variable', 'data -> t -> p -> a -> b; bss -> b', { processors: ['p'] }, ['t p b', 't p a b']],
])('%s', (_, drawing, extras, expected) => {
  expect(heldIn(drawing, extras)).toEqual(expected);
});
