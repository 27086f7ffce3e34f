/** Closures by function, as a list and as rows. */
import type { ClosureRow } from '../../api/lens-rows';
import type { ClosureColumn } from '../../api/session';
import { bytesColumn, countColumn, numbered, ownTextColumn, type Table } from '../list/table';
import { typeText, type TypeLabels } from '../dump/type-labels';
import type { ClosureFacts } from '../computed/closure-facts';
import type { TypeFacts } from '../computed/type-facts';

export function closureTable(closures: readonly ClosureFacts[], types: TypeFacts): Table<ClosureColumn> {
  const { length } = closures;
  return numbered('closures', length, {
    function: ownTextColumn(length, (item) => closures[item].function),
    objects: countColumn((item) => types.objects[closures[item].label]),
    bytes: bytesColumn((item) => types.bytes[closures[item].label]),
    retained: bytesColumn((item) => types.retainedBytes[closures[item].label]),
    captured: ownTextColumn(length, (item) => capturedText(closures[item])),
  });
}

export function closureRow(labels: TypeLabels, types: TypeFacts, closure: ClosureFacts): ClosureRow {
  const { label, captured } = closure;
  const known = labels.label(label);
  return {
    function: closure.function,
    name: typeText(known),
    shape: known.shape,
    evidence: known.evidence,
    objects: types.objects[label],
    bytes: types.bytes[label],
    retainedBytes: types.retainedBytes[label],
    captured,
  };
}

/** `it *main.Item, p *sync.Pool` */
function capturedText({ captured }: ClosureFacts): string {
  return captured.map(({ name, type }) => `${name} ${type}`).join(', ');
}
