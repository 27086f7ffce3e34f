/** Cycles as a list and as rows. */
import type { CycleRow } from '../../api/rows';
import type { CycleColumn } from '../../api/session';
import type { CycleClass } from '../../api/values';
import { bytesColumn, countColumn, numbered, wordColumn, type Table } from '../list/table';
import type { AnalysedDump } from '../opened-dump';
import { cycleClass, heldBy } from '../rows/held';
import type { CycleFacts } from './cycle-facts';

/** In the order that a person worries: what nothing holds comes last. */
const CLASSES: readonly CycleClass[] = ['finalizer', 'goroutine', 'global', 'other', 'nothing'];

export function cycleTable(dump: AnalysedDump, facts: CycleFacts): Table<CycleColumn> {
  const { cycleCount, memberStart } = dump.components;
  return numbered('cycles', cycleCount, {
    id: countColumn((cycle) => cycle),
    objects: countColumn((cycle) => memberStart[cycle + 1] - memberStart[cycle]),
    own: bytesColumn((cycle) => facts.ownBytes[cycle]),
    retained: bytesColumn((cycle) => facts.retainedBytes[cycle]),
    class: wordColumn(CLASSES, (cycle) => CLASSES.indexOf(cycleClass(facts.holder[cycle]))),
    entering: countColumn((cycle) => facts.entering[cycle]),
    leaving: countColumn((cycle) => facts.leaving[cycle]),
    shape: {
      kind: 'text',
      codes: facts.shapeTexts.length,
      codeOf: (cycle) => facts.shape[cycle],
      text: (code) => facts.shapeTexts[code],
    },
  });
}

export function cycleRow(dump: AnalysedDump, facts: CycleFacts, cycle: number): CycleRow {
  const { memberStart } = dump.components;
  return {
    id: cycle,
    objects: memberStart[cycle + 1] - memberStart[cycle],
    ownBytes: facts.ownBytes[cycle],
    retainedBytes: facts.retainedBytes[cycle],
    class: cycleClass(facts.holder[cycle]),
    held: heldBy(facts.holder[cycle]),
    shape: facts.shapeTexts[facts.shape[cycle]],
    enteringTotal: facts.entering[cycle],
    leavingTotal: facts.leaving[cycle],
    through: [],
    finalizers: facts.finalizers[cycle],
  };
}
