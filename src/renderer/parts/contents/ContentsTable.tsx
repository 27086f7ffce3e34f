import type { Address } from '../../../../workers/api';
import { Sentence } from '../../ui/controls';
import { copyText } from '../../ui/copy';
import { AddressLink } from '../../ui/figures';
import { formatOffset } from '../../ui/format';
import { MenuItem, ObjectMenu } from '../../ui/ObjectMenu';
import type { Column } from '../../ui/table/columns';
import { Table } from '../../ui/table/Table';
import { HEX_LINE, hexAt, wordAt } from './contents';
import type { HexRow, WordRow } from './contents';
import { useContents } from './use-contents';
import './contents.css';

const OFFSET = { key: 'offset', title: 'Offset', width: '76px', sortable: false } as const;

const WORD_COLUMNS: readonly Column<WordRow, 'offset' | 'word' | 'reading'>[] = [
  { ...OFFSET, cell: (row) => <span className="mono muted">{formatOffset(row.offset)}</span> },
  {
    key: 'word',
    title: 'Word',
    width: '160px',
    sortable: false,
    cell: (row) => <span className={/^0x0+$/.test(row.word) ? 'mono faint' : 'mono'}>{row.word}</span>,
  },
  {
    key: 'reading',
    title: 'Reads as',
    width: 'minmax(120px, 1fr)',
    sortable: false,
    cell: (row) => <Reading row={row} />,
  },
];

/** A pointer leads to its object; what else the word may be is a guess, so it is set in grey. */
function Reading({ row }: { row: WordRow }) {
  if (row.pointer === undefined) return <span className="mono muted">{row.reading}</span>;
  if (row.pointer !== null) {
    return (
      <>
        <span className="muted" aria-label="pointer to">
          →
        </span>{' '}
        <AddressLink address={row.pointer} />
      </>
    );
  }
  return <span className="muted">{/^0x0+$/.test(row.word) ? 'nil pointer' : 'pointer out of the heap'}</span>;
}

const HEX_COLUMNS: readonly Column<HexRow, 'offset' | 'hex' | 'text'>[] = [
  { ...OFFSET, cell: (row) => <span className="mono muted">{formatOffset(row.offset)}</span> },
  {
    key: 'hex',
    title: 'Bytes',
    width: '376px',
    sortable: false,
    cell: (row) => <span className="mono hex">{row.hex}</span>,
  },
  {
    key: 'text',
    title: 'Text',
    width: 'minmax(140px, 1fr)',
    sortable: false,
    cell: (row) => <span className="mono hex muted">{row.text}</span>,
  },
];

type ContentsMode = 'words' | 'hex';

/** What an object holds. Large objects are read as they are scrolled through. */
export function ContentsTable({
  address,
  mode,
  pointerBytes,
}: {
  address: Address;
  mode: ContentsMode;
  pointerBytes: number;
}) {
  return mode === 'words' ? <Words address={address} pointerBytes={pointerBytes} /> : <Hex address={address} />;
}

function Words({ address, pointerBytes }: { address: Address; pointerBytes: number }) {
  const { source, missing } = useContents(address, pointerBytes, wordAt);
  if (missing !== null) return <Sentence>{missing}</Sentence>;
  return (
    <Table
      label="Words"
      what="words"
      columns={WORD_COLUMNS}
      source={source}
      empty="This object has no bytes."
      menu={({ word, pointer }) =>
        pointer === undefined || pointer === null ? (
          <MenuItem onChoose={() => void copyText(word, 'The word')}>Copy word</MenuItem>
        ) : (
          <ObjectMenu object={{ address: pointer }} />
        )
      }
    />
  );
}

function Hex({ address }: { address: Address }) {
  const { source, missing } = useContents(address, HEX_LINE, hexAt);
  if (missing !== null) return <Sentence>{missing}</Sentence>;
  return (
    <Table
      label="Bytes"
      what="bytes"
      columns={HEX_COLUMNS}
      source={source}
      empty="This object has no bytes."
      menu={({ hex }) => <MenuItem onChoose={() => void copyText(hex, 'The line')}>Copy bytes</MenuItem>}
    />
  );
}
