/** Cycles as a list and as rows. */
import type { CycleRow } from '../../api/rows';
import type { CycleColumn } from '../../api/session';
import { bytesColumn, countColumn, numbered, wordColumn, type Table } from '../list/table';
import type { AnalysedDump } from '../opened-dump';
import { CYCLE_CLASS } from '../../suspects/cycle-classes';
import { CLASS_COLUMN, cycleClass, reasonOf } from '../rows/cycle-class';
import { heldBy } from '../rows/held';
import type { CycleFacts } from './cycle-facts';

export function cycleTable(dump: AnalysedDump, facts: CycleFacts): Table<CycleColumn> {
  const { cycleCount, memberStart } = dump.components;
  return numbered('cycles', cycleCount, {
    id: countColumn((cycle) => cycle),
    objects: countColumn((cycle) => memberStart[cycle + 1] - memberStart[cycle]),
    own: bytesColumn((cycle) => facts.ownBytes[cycle]),
    retained: bytesColumn((cycle) => facts.retainedBytes[cycle]),
    class: wordColumn(CLASS_COLUMN, (cycle) => facts.classes[cycle]),
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
  const code = facts.classes[cycle];
  return {
    id: cycle,
    objects: memberStart[cycle + 1] - memberStart[cycle],
    ownBytes: facts.ownBytes[cycle],
    retainedBytes: facts.retainedBytes[cycle],
    class: cycleClass(code),
    stuck: code === CYCLE_CLASS.stuckGoroutine,
    reason: reasonOf(dump, facts, cycle),
    held: heldBy(facts.holder[cycle]),
    shape: facts.shapeTexts[facts.shape[cycle]],
    enteringTotal: facts.entering[cycle],
    leavingTotal: facts.leaving[cycle],
    through: [],
    finalizers: facts.finalizers[cycle],
  };
}
