/** What would free something, by kind. */
import type { FreeQuery, Freeing, KindCut } from '../../api/free-rows';
import { EngineError } from '../../api/errors';
import { MAX_PAGE } from '../../api/values';
import { Uint32Column } from '../../lib/column';
import type { IdentifiedFinding } from '../../suspects/run-detectors';
import { SLICE_MASK, type Work } from '../../lib/work';
import { findFreeTarget, type FoundTarget, type WayCut } from '../computed/free-targets';
import { FreeRows } from './free-holders';
import { analysed, type Asked } from './asked';
import { heldObjects, type SelectedObjects } from './selected-objects';

/** `findings`: see heldObjects. Rejects with `NotFound` where there is no such target, with `BadRequest` for kinds that it does not have. */
export async function free(
  asked: Asked,
  { of, cut = [] }: FreeQuery,
  findings: readonly IdentifiedFinding[],
): Promise<Freeing> {
  const dump = await analysed(asked);
  const kinds = await asked.analyses.kinds.get(asked.ticket);
  const selected = await heldObjects(asked, of, findings);
  const found = await asked.analyses.freeTargets.get(asked.ticket, JSON.stringify(of), () =>
    withMembers(asked, selected, (members) => findFreeTarget(dump, kinds, members)),
  );
  const rows = new FreeRows(dump, kinds, found);
  const chosen = waysNamed(rows, cut);
  const { target, ways } = found;
  const together =
    chosen.length === 0
      ? ways.together
      : await asked.phases.runQuietly(asked.ticket, () => target.without(chosen.flatMap((way) => rows.sameAs(way))));
  const listed = rows.listed;
  const holders = await Promise.all(listed.slice(0, MAX_PAGE).map((way) => rows.row(way)));
  const named = (some: WayCut | null): KindCut | null =>
    some && { ids: some.ways.map((way) => rows.ids[way]), frees: some.frees };
  return {
    target: selected.text,
    objects: target.members.length,
    bytes: found.bytes,
    holders,
    entering: ways.ways.filter(({ enters }) => enters).length,
    ancestors: ways.ancestors,
    cut: chosen.map((way) => rows.ids[way]),
    together,
    fewest: named(found.fewest),
    nearest: named(found.nearest),
    inside: found.inside && { field: kinds.fields.text(found.inside.field), ...found.inside.frees },
  };
}

/** The objects of a selection in one column, for as long as the work takes. */
function* withMembers(
  { analyses }: Asked,
  { each }: SelectedObjects,
  work: (members: Uint32Array) => Work<FoundTarget>,
): Work<FoundTarget> {
  const { account } = analyses.dump;
  const column = new Uint32Column(account, 'objects to be freed');
  let members: Uint32Array | null = null;
  try {
    for (const id of each) {
      column.push(id);
      if ((column.length & SLICE_MASK) === 0) yield column.length;
    }
    members = column.flatten();
    return yield* work(members);
  } finally {
    if (members) account.release(members);
    else column.release();
  }
}

/** Ways by their ids, or by texts that one id alone contains. */
function waysNamed(rows: FreeRows, texts: readonly string[]): number[] {
  const { listed, ids } = rows;
  return texts.map((text) => {
    const exact = listed.find((way) => ids[way] === text);
    if (exact !== undefined) return exact;
    const like = listed.filter((way) => ids[way].includes(text));
    if (like.length === 1) return like[0];
    const what = like.length === 0 ? 'Nothing that holds it is called' : 'Several kinds that hold it are called';
    throw new EngineError('BadRequest', `${what} “${text}”; give the whole id of one, as the answer of free has it`);
  });
}
