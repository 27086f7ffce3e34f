/** Objects that a question is about, whatever they are told by. */
import { EngineError } from '../../api/errors';
import type { HeldObjects } from '../../api/retention-rows';
import type { IdentifiedFinding } from '../../suspects/run-detectors';
import { counted } from '../../lib/format';
import { requireObject } from '../dump/address';
import type { AnalysedDump } from '../dump/opened-dump';
import { predicateOf } from '../list/filter';
import { membersOf } from '../rows/cycle-border';
import { objectTable } from '../tables/object-table';
import { analysed, type Asked } from './asked';
import { catalogueWith } from './cycles';
import { labelNamed } from './objects';

export interface SelectedObjects {
  /** What they are, in words. */
  readonly text: string;
  /** Their ids, each once; may be walked through once only. */
  readonly each: Iterable<number>;
}

/**
 * `found`: the findings, where `of` is one of them: they come from behind all questions, so a question cannot wait for them. Rejects with
 * `NotFound` where there is no such thing, with `BadRequest` for what cannot be read.
 */
export async function heldObjects(
  asked: Asked,
  of: HeldObjects,
  found: readonly IdentifiedFinding[],
): Promise<SelectedObjects> {
  const dump = await analysed(asked);
  if ('type' in of) {
    const label = labelNamed(dump, of.type);
    return { text: of.type.name, each: filtered(dump, (id) => dump.labels.labelOf(id) === label) };
  }
  if ('cycle' in of) return { text: `cycle ${of.cycle}`, each: await membersOfCycle(asked, of.cycle) };
  if ('finding' in of) return ofFinding(asked, found, of.finding);
  if ('node' in of) {
    const { tree, names } = await asked.analyses.retention.get(asked.ticket, 'path');
    const node = names.node(of.node);
    if (node === undefined) throw new EngineError('NotFound', `The tree has no node ${of.node}`);
    return { text: names.name(node), each: filtered(dump, (id) => tree.nodeOf[id] === node) };
  }
  if ('addresses' in of) {
    const ids = new Set(of.addresses.map((address) => requireObject(dump.graph, address)));
    const [first] = of.addresses;
    return { text: ids.size === 1 ? first : counted(ids.size, 'object'), each: ids };
  }
  const has = predicateOf(objectTable(dump), { type: of.matching }, dump.graph.heapBytes);
  return { text: of.matching, each: filtered(dump, has ?? (() => true)) };
}

/** Objects that a finding shows as its evidence, and what stands on its cycles. */
async function ofFinding(asked: Asked, found: readonly IdentifiedFinding[], id: string): Promise<SelectedObjects> {
  const finding = found.find((one) => one.id === id);
  if (!finding) throw new EngineError('NotFound', `There is no finding “${id}”`);
  const ids = new Set<number>();
  for (const proof of finding.proofs) {
    if (proof.kind === 'object') ids.add(proof.objectId);
    if (proof.kind === 'cycle') for (const member of await membersOfCycle(asked, proof.cycle)) ids.add(member);
  }
  return { text: finding.title, each: ids };
}

/** Those that are objects: a cycle of the full graph has others too. */
async function membersOfCycle(asked: Asked, cycle: number): Promise<Uint32Array> {
  const { dump } = await catalogueWith(asked, cycle);
  const { objectCount } = asked.analyses.dump.graph;
  return membersOf(dump, cycle).filter((id) => id <= objectCount);
}

function* filtered({ graph }: AnalysedDump, has: (objectId: number) => boolean): Generator<number> {
  for (let id = 1; id <= graph.objectCount; id++) if (has(id)) yield id;
}
