import { cycleClassOf, HOLDERS } from '../../../workers/api';
import type { CycleClass } from '../../../workers/api';

const CLASSES: readonly CycleClass[] = [...new Set(HOLDERS.map(cycleClassOf))];

function isHarmless(one: CycleClass): boolean {
  return one === 'runtime' || one === 'pool';
}

/** Cycles that nobody has to look at, as filters of the column `class`: the runtime's own, and what pools let go of by themselves. */
export const HARMLESS = anyOf(CLASSES.filter(isHarmless));
export const NOT_HARMLESS = anyOf(CLASSES.filter((one) => !isHarmless(one)));

function anyOf(classes: readonly CycleClass[]): string {
  return `/^(${classes.join('|')})$/`;
}
