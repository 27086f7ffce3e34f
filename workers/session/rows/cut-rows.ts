/** References to cut, as rows. */
import type { Cuts, CutRow } from '../../api/finding-rows';
import { fieldPathInWords } from '../../values/decode-value';
import type { CutList } from '../../cycles/what-lets-go';
import type { Cut } from '../../heap/cut';
import { objectAddress } from '../dump/address';
import type { AnalysedDump } from '../dump/opened-dump';
import { typeLabel } from '../dump/type-labels';
import { rootLabel } from './root-rows';

export async function cutRow(dump: AnalysedDump, { from, to, objects, bytes, exact }: Cut): Promise<CutRow> {
  const { graph, labels, naming } = dump;
  const target = { to: objectAddress(graph, to), toLabel: typeLabel(labels, to) };
  const gone = { objects, bytes, exact };
  if ('root' in from) {
    return {
      from: 'root',
      fromLabel: null,
      root: rootLabel(dump, from.root),
      offset: null,
      field: null,
      ...target,
      ...gone,
    };
  }
  const { objectId, offset } = from;
  const field = offset === null ? null : (await fieldPathInWords(naming, objectId, offset)) || null;
  const source = { from: objectAddress(graph, objectId), fromLabel: typeLabel(labels, objectId), root: null };
  return { ...source, offset, field, ...target, ...gone };
}

export async function cutRows(dump: AnalysedDump, list: CutList): Promise<Cuts> {
  const rows: Cuts['rows'] = [];
  for (const cut of list.cuts) rows.push({ ...(await cutRow(dump, cut)), kind: cut.kind, pointers: cut.pointers });
  const { total, tried, entering, together, complete } = list;
  return { rows, total, tried, entering, together, complete };
}
