/** Objects as rows: what tables and pages show of them. */
import { HOLDER } from '../../analysis/results';
import type { ObjectDetail, ObjectRow } from '../../api/rows';
import type { Address } from '../../api/values';
import { shallowSize } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { formatAddress, objectAddress } from '../dump/address';
import type { AnalysedDump } from '../dump/opened-dump';
import { functionAt } from '../dump/function-names';
import { isGiven } from '../dump/given-names';
import { typeLabel } from '../dump/type-labels';
import { allocationOf } from './allocation';
import { heldOf, holderOfObject } from './held';

export function objectRow(dump: AnalysedDump, objectId: number): ObjectRow {
  const { graph, dominators } = dump;
  return {
    address: objectAddress(graph, objectId),
    ...typeLabel(dump.labels, objectId),
    size: shallowSize(graph, objectId),
    held: heldOf(dump.reachability, objectId),
    holder: holderOfObject(dump.keepers, objectId),
    retainedSize: dominators.retainedSize[objectId],
    retainedObjects: dominators.retainedObjects[objectId],
    distance: orNull(dump.distance[objectId]),
    cycle: orNull(dump.components.cycleOf[objectId]),
    references: graph.referenceStart[objectId + 1] - graph.referenceStart[objectId],
    referrers: referrerCount(dump, objectId),
    hasFinalizer: dump.finalizerOf.has(objectId),
  };
}

export function objectDetail(dump: AnalysedDump, objectId: number): ObjectDetail {
  const finalizer = dump.finalizerOf.get(objectId);
  const label = typeLabel(dump.labels, objectId);
  const reasons = label.evidence === 'shape' ? [] : reasonsOf(dump, objectId);
  if (isGiven(label)) reasons[0] = `You named it. ${reasons[0]}`;
  return {
    ...objectRow(dump, objectId),
    slot: formatAddress(dump.graph.slotAddress[objectId]),
    reachable: isReachable(dump, objectId),
    dominator: dominatorOf(dump, objectId),
    finalizer:
      finalizer === undefined ? null : functionAt(dump.functions, dump.graph.records.finalizers[finalizer].entryPc),
    reason: reasons.at(0) ?? null,
    reasons,
    allocation: allocationOf(dump.graph, objectId),
  };
}

/** The object's own reason, then the reason of what that one rests on, which each sentence names. */
function reasonsOf({ graph, naming }: AnalysedDump, objectId: number): string[] {
  return naming.reasonChain(objectId).map((step) => {
    if (step.objectId === objectId) return step.reason;
    const type = step.type === null ? '' : ` (${step.type})`;
    return `${objectAddress(graph, step.objectId)}${type}: ${step.reason}`;
  });
}

/** Pointers into an object, from objects and from roots that count. */
export function referrerCount(dump: AnalysedDump, objectId: number): number {
  const { referrerStart } = dump.graph;
  return dump.roots.ofObject(objectId).length + referrerStart[objectId + 1] - referrerStart[objectId];
}

/** Held by anything recorded, strongly or weakly. */
export function isReachable(dump: Pick<AnalysedDump, 'reachability'>, objectId: number): boolean {
  return dump.reachability.holder[objectId] !== HOLDER.nothing;
}

function dominatorOf(dump: AnalysedDump, objectId: number): Address | 'root' | null {
  if (!isReachable(dump, objectId)) return null;
  const dominator = dump.dominators.immediateDominator[objectId];
  return dominator === 0 ? 'root' : objectAddress(dump.graph, dominator);
}

function orNull(value: number): number | null {
  return value === NONE ? null : value;
}
