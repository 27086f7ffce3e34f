/** The dominator tree as far as it is unfolded, as the lines of a table: below each object one line a type, and below a type its objects. */
import { useEffect, useSyncExternalStore } from 'react';
import { MAX_PAGE } from '../../../../workers/api';
import type { DominatedKindRow, DominatedRow, Page } from '../../../../workers/api';
import { branchKey, type Branch } from '../../state/branch';
import { useCache } from '../../state/dump';
import type { Answer, RequestCache } from '../../state/requests';

export type TreeLine =
  | { kind: 'object'; depth: number; row: DominatedRow; open: boolean; accumulates: boolean }
  | { kind: 'type'; depth: number; row: DominatedKindRow; branch: Branch; open: boolean }
  | { kind: 'more'; depth: number; of: Branch; left: number }
  | { kind: 'waiting'; depth: number; of: Branch }
  | { kind: 'failed'; depth: number; of: Branch; message: string };

/** How many pages of children are asked for, by the key of their branch; 1 where nothing is said. */
export type PagesOf = ReadonlyMap<string, number>;

type Want = (branch: Branch, page: number) => void;

const ROOT: Branch = { of: 'root', type: null };

/** The lines in sight below the roots. `open`: keys of branches. */
export function useTreeLines(open: ReadonlySet<string>, pages: PagesOf): TreeLine[] {
  const cache = useCache();
  useSyncExternalStore(cache.subscribe, cache.version);
  const wanted: [Branch, number][] = [];
  const lines = unfold(cache, open, pages, (branch, page) => wanted.push([branch, page]));
  const key = `${cache.generation()}:${JSON.stringify(wanted)}`;
  useEffect(() => {
    for (const [branch, page] of wanted) {
      if (branch.type === null) cache.want('dominatedKinds', [kindsAsked(branch, page)]);
      else cache.want('dominated', [objectsAsked(branch, page)]);
    }
    // `key` says the same as `wanted`, and how new the answers must be.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cache, key]);
  return lines;
}

/** Walks the open part of the tree with a stack of its own: a chain of dominators may be long. */
function unfold(cache: RequestCache, open: ReadonlySet<string>, pages: PagesOf, want: Want): TreeLine[] {
  const lines: TreeLine[] = [];
  const pending: TreeLine[] = childrenOf(cache, ROOT, 0, pages, open, want).toReversed();
  for (let line = pending.pop(); line !== undefined; line = pending.pop()) {
    lines.push(line);
    const branch = branchOf(line);
    if (branch === null || !('open' in line) || !line.open) continue;
    const children = childrenOf(cache, branch, line.depth + 1, pages, open, want);
    if (line.kind === 'object') line.accumulates = accumulates(line.row, children);
    pending.push(...children.toReversed());
  }
  return lines;
}

/** What a line unfolds to; null where there is nothing below it. */
export function branchOf(line: TreeLine): Branch | null {
  if (line.kind === 'type') return line.branch;
  return line.kind === 'object' && line.row.children > 0 ? { of: line.row.address, type: null } : null;
}

/** A drop: what is retained here is spread over many children of which none retains a quarter. */
function accumulates(row: DominatedRow, children: readonly TreeLine[]): boolean {
  const largest = children.map((line) => {
    if (line.kind === 'type') return line.row.largest.retainedSize;
    return line.kind === 'object' ? line.row.retainedSize : 0;
  });
  return largest.length > 0 && row.children >= 8 && Math.max(...largest) < row.retainedSize / 4;
}

function childrenOf(
  cache: RequestCache,
  branch: Branch,
  depth: number,
  pages: PagesOf,
  open: ReadonlySet<string>,
  want: Want,
): TreeLine[] {
  const objectLine = (row: DominatedRow): TreeLine => ({
    kind: 'object',
    depth,
    row,
    open: open.has(row.address),
    accumulates: false,
  });
  const kindLine = (row: DominatedKindRow): TreeLine => {
    if (row.count === 1) return objectLine(row.largest);
    const below = { of: branch.of, type: { name: row.name, shape: row.shape } };
    return { kind: 'type', depth, row, branch: below, open: open.has(branchKey(below)) };
  };
  const { type } = branch;
  const asked = pages.get(branchKey(branch)) ?? 1;
  const at = { branch, depth, pages: asked, want };
  return type === null
    ? linesOf(at, (page) => cache.peek('dominatedKinds', [kindsAsked(branch, page)]), kindLine)
    : linesOf(at, (page) => cache.peek('dominated', [objectsAsked(branch, page)]), objectLine);
}

/** The lines of so many pages, and what is left to say of the others. */
function linesOf<Row>(
  { branch, depth, pages, want }: { branch: Branch; depth: number; pages: number; want: Want },
  answerTo: (page: number) => Answer<Page<Row>>,
  lineOf: (row: Row) => TreeLine,
): TreeLine[] {
  const lines: TreeLine[] = [];
  let total = 0;
  for (let page = 0; page < pages; page++) {
    want(branch, page);
    const answer = answerTo(page);
    if (answer.state === 'waiting') return [...lines, { kind: 'waiting', depth, of: branch }];
    if (answer.state === 'failed')
      return [...lines, { kind: 'failed', depth, of: branch, message: answer.error.message }];
    lines.push(...answer.value.rows.map(lineOf));
    ({ total } = answer.value);
    if (lines.length >= total) return lines;
  }
  return [...lines, { kind: 'more', depth, of: branch, left: total - lines.length }];
}

function kindsAsked({ of }: Branch, page: number) {
  return { of, ...rangeOf(page), sort: { column: 'retained', descending: true } as const };
}

function objectsAsked({ of, type }: Branch, page: number) {
  return { of, ...rangeOf(page), ...(type !== null && { type }) };
}

function rangeOf(page: number) {
  return { offset: page * MAX_PAGE, limit: MAX_PAGE };
}
