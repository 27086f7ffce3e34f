/** The dominator tree as far as it is unfolded, as the lines of a table. */
import { useEffect, useSyncExternalStore } from 'react';
import { MAX_PAGE } from '../../../../workers/api';
import type { Address, DominatedRow } from '../../../../workers/api';
import { useCache } from '../../state/dump';
import type { RequestCache } from '../../state/requests';

export type TreeNode = Address | 'root';

export type TreeLine =
  | { kind: 'object'; depth: number; row: DominatedRow; open: boolean; accumulates: boolean }
  | { kind: 'more'; depth: number; of: TreeNode; left: number }
  | { kind: 'waiting'; depth: number; of: TreeNode }
  | { kind: 'failed'; depth: number; of: TreeNode; message: string };

/** How many pages of children are asked for, by node; 1 where nothing is said. */
export type PagesOf = ReadonlyMap<TreeNode, number>;

/** The lines in sight below the roots, and the top of the tree itself: null until it is there. */
export function useTreeLines(open: ReadonlySet<Address>, pages: PagesOf): TreeLine[] {
  const cache = useCache();
  useSyncExternalStore(cache.subscribe, cache.version);
  const wanted: [TreeNode, number][] = [];
  const lines = unfold(cache, open, pages, (of, page) => wanted.push([of, page]));
  const key = `${cache.generation()}:${wanted.join(' ')}`;
  useEffect(() => {
    for (const [of, page] of wanted) cache.want('dominated', [rangeOf(of, page)]);
    // `key` says the same as `wanted`, and how new the answers must be.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cache, key]);
  return lines;
}

/** Walks the open part of the tree with a stack of its own: a chain of dominators may be long. */
function unfold(
  cache: RequestCache,
  open: ReadonlySet<Address>,
  pages: PagesOf,
  want: (of: TreeNode, page: number) => void,
): TreeLine[] {
  const lines: TreeLine[] = [];
  const pending: TreeLine[] = [];
  const push = (of: TreeNode, depth: number): DominatedRow[] => {
    const { rows, tail } = childrenOf(cache, of, depth, pages.get(of) ?? 1, want);
    if (tail !== null) pending.push(tail);
    for (const row of rows.toReversed()) {
      pending.push({ kind: 'object', depth, row, open: open.has(row.address), accumulates: false });
    }
    return rows;
  };
  push('root', 0);
  for (let line = pending.pop(); line !== undefined; line = pending.pop()) {
    lines.push(line);
    if (line.kind !== 'object' || !line.open || line.row.children === 0) continue;
    const children = push(line.row.address, line.depth + 1);
    line.accumulates = accumulates(line.row, children.at(0));
  }
  return lines;
}

/** A drop: what is retained here is spread over many children of which none retains a quarter. */
function accumulates(row: DominatedRow, largest: DominatedRow | undefined): boolean {
  return largest !== undefined && row.children >= 8 && largest.retainedSize < row.retainedSize / 4;
}

function childrenOf(
  cache: RequestCache,
  of: TreeNode,
  depth: number,
  pages: number,
  want: (of: TreeNode, page: number) => void,
): { rows: DominatedRow[]; tail: TreeLine | null } {
  const rows: DominatedRow[] = [];
  for (let page = 0; page < pages; page++) {
    want(of, page);
    const answer = cache.peek('dominated', [rangeOf(of, page)]);
    if (answer.state === 'waiting') return { rows, tail: { kind: 'waiting', depth, of } };
    if (answer.state === 'failed') return { rows, tail: { kind: 'failed', depth, of, message: answer.error.message } };
    rows.push(...answer.value.rows);
    if (rows.length >= answer.value.total) return { rows, tail: null };
    if (page === pages - 1) return { rows, tail: { kind: 'more', depth, of, left: answer.value.total - rows.length } };
  }
  return { rows, tail: null };
}

function rangeOf(of: TreeNode, page: number) {
  return { of, offset: page * MAX_PAGE, limit: MAX_PAGE };
}
