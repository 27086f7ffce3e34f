import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Address, DominatedRow } from '../../../../workers/api';
import { AddressLink, Bytes, Chip, Count, TypeText } from '../../ui/figures';
import { formatCount, formatShare } from '../../ui/format';
import { HolderMark } from '../../ui/HolderMark';
import type { Column } from '../../ui/table/columns';
import type { TreeLine, TreeNode } from './dominator-tree';

type Key = 'object' | 'children' | 'objects' | 'size' | 'share' | 'retained';

interface TreeActions {
  /** Bytes that shares are of. */
  whole: number;
  toggle: (address: Address) => void;
  more: (of: TreeNode) => void;
}

export function treeColumns({ whole, toggle, more }: TreeActions): Column<TreeLine, Key>[] {
  const figure = (
    key: Key,
    title: string,
    width: string,
    cell: (row: DominatedRow) => ReactNode,
  ): Column<TreeLine, Key> => ({
    key,
    title,
    width,
    numeric: true,
    cell: (line) => (line.kind === 'object' ? cell(line.row) : null),
  });
  return [
    {
      key: 'object',
      title: 'Object',
      width: 'minmax(320px, 1fr)',
      cell: (line) => <TreeCell line={line} toggle={toggle} more={more} />,
    },
    figure('children', 'Dominates', '88px', (row) => <Count value={row.children} />),
    figure('objects', 'Objects', '80px', (row) => <Count value={row.retainedObjects} />),
    figure('size', 'Own', '80px', (row) => <Bytes value={row.size} />),
    figure('share', 'Share', '70px', (row) => <span className="muted">{formatShare(row.retainedSize, whole)}</span>),
    {
      ...figure('retained', 'Retained', '108px', (row) => <Bytes value={row.retainedSize} />),
      bar: (line) => (line.kind === 'object' ? line.row.retainedSize : 0),
    },
  ];
}

interface TreeCellProps {
  line: TreeLine;
  toggle: (address: Address) => void;
  more: (of: TreeNode) => void;
}

function TreeCell({ line, toggle, more }: TreeCellProps) {
  return (
    <span className="tree-cell" style={{ paddingLeft: `${Math.min(line.depth, 40) * 16}px` }}>
      {line.kind === 'object' && <ObjectCell line={line} toggle={toggle} />}
      {line.kind === 'waiting' && <span className="faint tree-indent">counting…</span>}
      {line.kind === 'failed' && <span className="tree-failed tree-indent">{line.message}</span>}
      {line.kind === 'more' && (
        <button
          type="button"
          className="tree-more tree-indent"
          onClick={(event) => {
            event.stopPropagation();
            more(line.of);
          }}
        >
          {formatCount(line.left)} more, each smaller
        </button>
      )}
    </span>
  );
}

function ObjectCell({ line, toggle }: { line: TreeLine & { kind: 'object' }; toggle: (address: Address) => void }) {
  const { row, open } = line;
  const Arrow = open ? ChevronDown : ChevronRight;
  return (
    <>
      {row.children === 0 ? (
        <span className="tree-twisty" />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className="tree-twisty"
          aria-label={open ? `Fold ${row.address}` : `Unfold ${row.address}`}
          aria-expanded={open}
          onClick={(event) => {
            event.stopPropagation();
            toggle(row.address);
          }}
          onDoubleClick={(event) => {
            event.stopPropagation();
          }}
        >
          <Arrow size={14} aria-hidden="true" />
        </button>
      )}
      <HolderMark holder={row.holder} />
      <AddressLink address={row.address} />
      <TypeText label={row} />
      {line.accumulates && (
        <Chip
          tone="warn"
          title="What is retained here is spread over many objects, none of which retains a quarter of it"
        >
          accumulates
        </Chip>
      )}
    </>
  );
}
