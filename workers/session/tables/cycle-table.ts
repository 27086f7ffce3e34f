/** Cycles as a list and as rows. */
import type { CycleRow } from '../../api/cycle-rows';
import type { CycleColumn } from '../../api/session';
import { bytesColumn, countColumn, numbered, type Table } from '../list/table';
import { classColumn, classKeys, reasonOf } from './cycle-class';
import { heldBy } from '../rows/held';
import type { AnalysedDump } from '../dump/opened-dump';
import type { CycleCatalogue } from '../computed/full-cycle-facts';

export function cycleTable({ dump, facts, shown }: CycleCatalogue): Table<CycleColumn> {
  const { cycleCount, memberStart } = dump.components;
  const columns: Table<CycleColumn>['columns'] = {
    id: countColumn((cycle) => cycle),
    objects: countColumn((cycle) => memberStart[cycle + 1] - memberStart[cycle]),
    own: bytesColumn((cycle) => facts.ownBytes[cycle]),
    retained: bytesColumn((cycle) => facts.retainedBytes[cycle]),
    class: classColumn((cycle) => facts.classes[cycle]),
    entering: countColumn((cycle) => facts.entering[cycle]),
    leaving: countColumn((cycle) => facts.leaving[cycle]),
    shape: {
      kind: 'text',
      codes: facts.shapeTexts.length,
      codeOf: (cycle) => facts.shape[cycle],
      text: (code) => facts.shapeTexts[code],
    },
  };
  const weigh = (cycle: number): number => facts.ownBytes[cycle];
  if (!shown) return { ...numbered('cycles', cycleCount, columns), weigh };
  return {
    name: 'cycles of the full graph',
    count: shown.length,
    itemAt: (position) => shown[position],
    columns,
    weigh,
  };
}

export function cycleRow(catalogue: CycleCatalogue, cycle: number): CycleRow {
  const { dump, facts } = catalogue;
  const { memberStart } = dump.components;
  return {
    id: cycle,
    objects: memberStart[cycle + 1] - memberStart[cycle],
    ownBytes: facts.ownBytes[cycle],
    retainedBytes: facts.retainedBytes[cycle],
    ...classKeys(facts.classes[cycle]),
    reason: reasonOf(dump, facts, cycle),
    held: heldBy(facts.holder[cycle]),
    shape: facts.shapeTexts[facts.shape[cycle]],
    enteringTotal: facts.entering[cycle],
    leavingTotal: facts.leaving[cycle],
    through: throughOf(catalogue, cycle),
    finalizers: facts.finalizers[cycle],
  };
}

/** Globals and goroutines that a row names; the rest is a count. */
const NAMED = 8;

/** `main.cache`, `goroutine 17 (main.serve)`; many are cut short. */
export function throughOf({ dump, through }: CycleCatalogue, cycle: number): string[] {
  const all = through(cycle);
  const names = all.slice(0, NAMED).map((one) => (one.kind === 'place' ? one.place.name : nameOf(dump, one.goroutine)));
  return all.length > NAMED ? [...names, `… (${all.length} globals and goroutines)`] : names;
}

function nameOf({ graph: { records } }: AnalysedDump, goroutine: number): string {
  const { id, firstFrame, frameCount } = records.goroutines[goroutine];
  const frames = records.frames.slice(firstFrame, firstFrame + frameCount);
  const own = frames.find((frame) => !frame.function.startsWith('runtime.'));
  return own ? `goroutine ${id} (${own.function})` : `goroutine ${id}`;
}
