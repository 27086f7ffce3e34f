/** Types as a list and as rows: one for each label. */
import type { TypeRow } from '../../api/rows';
import type { TypeColumn } from '../../api/session';
import { bytesColumn, countColumn, numbered, type Table } from '../list/table';
import { typeText, type TypeLabels } from '../dump/type-labels';
import { labelColumn } from './object-table';
import type { TypeFacts } from '../computed/type-facts';

export function typeTable(labels: TypeLabels, facts: TypeFacts): Table<TypeColumn> {
  const table = numbered('types', labels.count, {
    name: labelColumn(labels, (label) => label),
    objects: countColumn((label) => facts.objects[label]),
    bytes: bytesColumn((label) => facts.bytes[label]),
    retained: bytesColumn((label) => facts.retainedBytes[label]),
    largest: bytesColumn((label) => facts.largest[label]),
  });
  return { ...table, weigh: (label) => facts.bytes[label] };
}

export function typeRow(labels: TypeLabels, facts: TypeFacts, label: number): TypeRow {
  const { evidence, shape, package: path } = labels.label(label);
  return {
    name: typeText(labels.label(label)),
    package: path,
    evidence,
    shape,
    objects: facts.objects[label],
    bytes: facts.bytes[label],
    retainedBytes: facts.retainedBytes[label],
    largest: facts.largest[label],
  };
}
