/** Roots by kind, as a list and as rows. Items are kinds of roots. */
import { HOLDERS } from '../../api/holders';
import type { RootKindRow } from '../../api/kind-rows';
import type { RootKindColumn } from '../../api/session';
import type { RootKindFacts } from '../computed/root-kind-facts';
import { bytesColumn, countColumn, ownTextColumn, wordColumn, type Table } from '../list/table';
import { holderOf } from '../rows/held';
import { groupHoldings, holdingColumns } from './group-holdings';

export function rootKindTable({ kinds, listed, roots, holdings, retainedBytes }: RootKindFacts): Table<RootKindColumn> {
  return {
    name: 'roots by kind',
    count: listed.length,
    itemAt: (position) => listed[position],
    columns: {
      holder: wordColumn(HOLDERS, (kind) => HOLDERS.indexOf(holderOf(kinds.keeper[kind]))),
      name: ownTextColumn(kinds.count, (kind) => kinds.text(kind)),
      roots: countColumn((kind) => roots[kind]),
      ...holdingColumns(holdings, (kind) => kind),
      retained: bytesColumn((kind) => retainedBytes[kind]),
    },
  };
}

export function rootKindRow({ kinds, roots, holdings, retainedBytes }: RootKindFacts, kind: number): RootKindRow {
  return {
    name: kinds.text(kind),
    holder: holderOf(kinds.keeper[kind]),
    roots: roots[kind],
    ...groupHoldings(holdings, kind),
    retainedBytes: retainedBytes[kind],
  };
}
