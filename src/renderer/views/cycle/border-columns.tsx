import type { BorderReference } from '../../../../workers/api';
import { AddressLink, Bytes, TypeText } from '../../ui/figures';
import { OriginField, OriginText } from '../../ui/OriginText';
import type { Column } from '../../ui/table/columns';

type Key = 'from' | 'fromType' | 'field' | 'to' | 'toType' | 'retained';

/** References across a cycle's border. What is outside comes with its type and what it retains; of the member its address is enough. */
function columns(outside: 'from' | 'to'): readonly Column<BorderReference, Key>[] {
  const retained: Column<BorderReference, Key> = {
    key: 'retained',
    title: 'Retained',
    width: '116px',
    numeric: true,
    sortable: false,
    cell: (row) => (row.retainedSize === null ? <span className="faint">–</span> : <Bytes value={row.retainedSize} />),
    bar: (row) => row.retainedSize ?? 0,
  };
  return [
    {
      key: 'from',
      title: 'From',
      width: outside === 'from' ? 'minmax(180px, 1.4fr)' : '136px',
      sortable: false,
      cell: (row) => <OriginText row={row} />,
    },
    {
      key: 'fromType',
      title: 'Type',
      width: 'minmax(120px, 1fr)',
      sortable: false,
      cell: (row) => row.fromLabel && <TypeText label={row.fromLabel} />,
    },
    {
      key: 'field',
      title: 'Field',
      width: 'minmax(88px, 0.7fr)',
      sortable: false,
      cell: (row) => <OriginField row={row} />,
    },
    {
      key: 'to',
      title: outside === 'from' ? 'Member' : 'To',
      width: '136px',
      sortable: false,
      cell: (row) => <AddressLink address={row.to} />,
    },
    {
      key: 'toType',
      title: 'Type',
      width: 'minmax(120px, 1fr)',
      sortable: false,
      cell: (row) => <TypeText label={row.toLabel} />,
    },
    retained,
  ];
}

export const ENTERING_COLUMNS = columns('from');
export const LEAVING_COLUMNS = columns('to');
