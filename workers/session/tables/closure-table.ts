/** Closures by function, as a list and as rows. */
import type { ClosureRow } from '../../api/lens-rows';
import type { ClosureColumn } from '../../api/session';
import { bytesColumn, countColumn, numbered, ownTextColumn, type Table } from '../list/table';
import { typeText, type TypeLabels } from '../dump/type-labels';
import type { AloneAndReaches } from '../../kinds/alone-and-reaches';
import type { ClosureFacts } from '../computed/closure-facts';
import type { TypeFacts } from '../computed/type-facts';
import { groupHoldings, holdingColumns } from './group-holdings';

/** What is computed of all closures, by function in the order of `closures`, and of all types. */
export interface ClosureFigures {
  readonly closures: readonly ClosureFacts[];
  readonly holdings: AloneAndReaches;
  readonly types: TypeFacts;
}

export function closureTable({ closures, holdings, types }: ClosureFigures): Table<ClosureColumn> {
  const { length } = closures;
  return numbered('closures', length, {
    function: ownTextColumn(length, (item) => closures[item].function),
    objects: countColumn((item) => types.objects[closures[item].label]),
    bytes: bytesColumn((item) => types.bytes[closures[item].label]),
    ...holdingColumns(holdings, (item) => item),
    retained: bytesColumn((item) => types.retainedBytes[closures[item].label]),
    captured: ownTextColumn(length, (item) => capturedText(closures[item])),
  });
}

export function closureRow(
  labels: TypeLabels,
  { closures, holdings, types }: ClosureFigures,
  item: number,
): ClosureRow {
  const { label, captured, function: name } = closures[item];
  const known = labels.label(label);
  return {
    function: name,
    name: typeText(known),
    shape: known.shape,
    evidence: known.evidence,
    objects: types.objects[label],
    bytes: types.bytes[label],
    ...groupHoldings(holdings, item),
    retainedBytes: types.retainedBytes[label],
    captured,
  };
}

/** `it *main.Item, p *sync.Pool` */
function capturedText({ captured }: ClosureFacts): string {
  return captured.map(({ name, type }) => `${name} ${type}`).join(', ');
}
