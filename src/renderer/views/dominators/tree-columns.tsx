import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Branch } from '../../state/branch';
import { AddressLink, Bytes, Chip, Count, GoName, TypeText } from '../../ui/figures';
import { formatCount, formatShare } from '../../ui/format';
import { HolderMark } from '../../ui/HolderMark';
import type { Column } from '../../ui/table/columns';
import { branchOf } from './dominator-tree';
import type { TreeLine } from './dominator-tree';

type Key = 'object' | 'children' | 'objects' | 'size' | 'share' | 'retained';

interface TreeActions {
  /** Bytes that shares are of. */
  whole: number;
  toggle: (branch: Branch) => void;
  more: (of: Branch) => void;
}

/** What a line says in figures; `children` is null of a type. */
interface Figures {
  children: number | null;
  retainedObjects: number;
  size: number;
  retainedSize: number;
}

function figuresOf(line: TreeLine): Figures | null {
  if (line.kind === 'object') return line.row;
  if (line.kind !== 'type') return null;
  const { retainedObjects, bytes, retainedBytes } = line.row;
  return { children: null, retainedObjects, size: bytes, retainedSize: retainedBytes };
}

export function treeColumns({ whole, toggle, more }: TreeActions): Column<TreeLine, Key>[] {
  const figure = (
    key: Key,
    title: string,
    width: string,
    cell: (figures: Figures) => ReactNode,
  ): Column<TreeLine, Key> => ({
    key,
    title,
    width,
    numeric: true,
    cell: (line) => {
      const figures = figuresOf(line);
      return figures && cell(figures);
    },
  });
  return [
    {
      key: 'object',
      title: 'Object',
      width: 'minmax(320px, 1fr)',
      cell: (line) => <TreeCell line={line} toggle={toggle} more={more} />,
    },
    figure('children', 'Dominates', '88px', ({ children }) => (children === null ? null : <Count value={children} />)),
    figure('objects', 'Objects', '80px', (row) => <Count value={row.retainedObjects} />),
    figure('size', 'Own', '80px', (row) => <Bytes value={row.size} />),
    figure('share', 'Share', '70px', (row) => <span className="muted">{formatShare(row.retainedSize, whole)}</span>),
    {
      ...figure('retained', 'Retained', '108px', (row) => <Bytes value={row.retainedSize} />),
      bar: (line) => figuresOf(line)?.retainedSize ?? 0,
    },
  ];
}

interface TreeCellProps {
  line: TreeLine;
  toggle: (branch: Branch) => void;
  more: (of: Branch) => void;
}

function TreeCell({ line, toggle, more }: TreeCellProps) {
  return (
    <span className="tree-cell" style={{ paddingLeft: `${Math.min(line.depth, 40) * 16}px` }}>
      {line.kind === 'object' && <ObjectCell line={line} toggle={toggle} />}
      {line.kind === 'type' && <TypeCell line={line} toggle={toggle} />}
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

function ObjectCell({ line, toggle }: { line: TreeLine & { kind: 'object' }; toggle: (branch: Branch) => void }) {
  const { row } = line;
  return (
    <>
      <Twisty line={line} name={row.address} toggle={toggle} />
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

/** `2,593 × hugolib.pageState` */
function TypeCell({ line, toggle }: { line: TreeLine & { kind: 'type' }; toggle: (branch: Branch) => void }) {
  const { row } = line;
  return (
    <>
      <Twisty line={line} name={row.name} toggle={toggle} />
      <HolderMark holder={row.largest.holder} />
      <span>
        <Count value={row.count} /> ×
      </span>
      <GoName name={row.name} />
    </>
  );
}

interface TwistyProps {
  line: TreeLine & { open: boolean };
  /** What it unfolds. */
  name: string;
  toggle: (branch: Branch) => void;
}

/** Room for it only where there is nothing to unfold. */
function Twisty({ line, name, toggle }: TwistyProps) {
  const branch = branchOf(line);
  const Arrow = line.open ? ChevronDown : ChevronRight;
  if (branch === null) return <span className="tree-twisty" />;
  return (
    <button
      type="button"
      tabIndex={-1}
      className="tree-twisty"
      aria-label={line.open ? `Fold ${name}` : `Unfold ${name}`}
      aria-expanded={line.open}
      onClick={(event) => {
        event.stopPropagation();
        toggle(branch);
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
      }}
    >
      <Arrow size={14} aria-hidden="true" />
    </button>
  );
}
