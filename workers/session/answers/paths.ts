/** Questions about the ways from roots to an object. */
import type { PathKinds } from '../../api/path-rows';
import type { RootPath } from '../../api/rows';
import type { Avoid, PathKindsQuery, PathsQuery } from '../../api/session';
import type { Kinds } from '../../kinds/kinds';
import { findPathKinds, pathKindRow } from '../rows/path-kinds';
import { findPaths, rootPathRow } from '../rows/root-paths';
import { analysed, type Asked } from './asked';

export async function rootPaths(asked: Asked, query: PathsQuery): Promise<{ total: number; paths: RootPath[] }> {
  const dump = await analysed(asked);
  const kinds = await kindsFor(asked, query.avoid);
  const { total, paths } = await asked.phases.runQuietly(asked.ticket, () => findPaths(dump, kinds, query));
  const rows: RootPath[] = [];
  for (const path of paths) rows.push(await rootPathRow(dump, path));
  return { total, paths: rows };
}

export async function rootPathKinds(asked: Asked, query: PathKindsQuery): Promise<PathKinds> {
  const dump = await analysed(asked);
  const kinds = await asked.analyses.kinds.get(asked.ticket);
  const found = await asked.phases.runQuietly(asked.ticket, () => findPathKinds(dump, kinds, query));
  const rows = [];
  for (const kind of found.kinds) rows.push(await pathKindRow(dump, kinds, kind));
  return { total: found.total, told: found.told, kinds: rows };
}

/** What is avoided by address alone needs no kinds: they take a look at the file. */
function kindsFor({ analyses, ticket }: Asked, avoid: Avoid | undefined): Promise<Kinds | null> {
  const byKind = [avoid?.types, avoid?.fields, avoid?.rootKinds].some((names) => (names?.length ?? 0) > 0);
  return byKind ? analyses.kinds.get(ticket) : Promise.resolve(null);
}
