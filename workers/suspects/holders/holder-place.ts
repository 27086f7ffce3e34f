/** Which variable or field has what a holder retains: that of the container, where nearly all lies in one. */
import { containersOf } from '../../heap/containers';
import { BARE_HEADERS } from '../../go/runtime-layout';
import { offsetOfReference } from '../../heap/references';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import type { ContainerKind } from '../../naming/types/container-types';
import { fieldOf } from '../waste/waste';
import { NEARLY_ALL } from './accumulation';
import { crowdText } from './crowds';
import { rootPlace, shortestRootPath } from './root-way';

/** A container among the insides of which bytes accumulate. */
export interface HeldContainer {
  readonly kind: ContainerKind;
  /** The topmost object of its insides: a map's header, a channel, a slice's array. */
  readonly head: number;
}

/** The one container that has nearly all of what an object retains; null where it has it otherwise. */
export function mainContainer({ dominators, naming }: AnalysedHeap, objectId: number): HeldContainer | null {
  const { dominatedStart, dominatedObject, retainedSize } = dominators;
  const containers = containersOf(naming);
  const own = containers.kindOf(objectId);
  if (own) return { kind: own, head: objectId };
  if (dominatedStart[objectId] === dominatedStart[objectId + 1]) return null;
  // children lie by retained size, largest first
  const head = dominatedObject[dominatedStart[objectId]];
  const kind = containers.kindOf(head);
  return kind && retainedSize[head] >= NEARLY_ALL * retainedSize[objectId] ? { kind, head } : null;
}

const NAMES: Partial<Record<ContainerKind, string>> = { 'sync.Map': 'sync.Map', list: 'container/list.List' };

/** `map[string]*main.Session`, `sync.Map`, `chan *main.Event`, `[]*main.Job` */
export function containerText(heap: AnalysedHeap, { kind, head }: HeldContainer): string {
  const header = heap.naming.startOf(head);
  if (header && BARE_HEADERS.has(header.name)) return kind;
  return NAMES[kind] ?? crowdText(heap, head);
}

/**
 * `main.Store .byID`, `main.sessions`: by the nearest root, the last field or variable before an object that is no container's inside. Objects that
 * nothing names are no owners: then it is `behind main.store`.
 */
export async function placeOf(heap: AnalysedHeap, objectId: number): Promise<string> {
  const path = await shortestRootPath(heap, objectId);
  if (!path) return 'nothing';
  const containers = containersOf(heap.naming);
  let behind = '';
  for (let at = path.objects.length - 2; at >= 0; at--) {
    const owner = path.objects[at];
    if (containers.isInside(owner)) continue;
    if (heap.naming.startOf(owner)) {
      const offset = await offsetOfReference(heap.graph, owner, path.objects[at + 1]);
      return behind + (offset === null ? crowdText(heap, owner) : fieldOf(heap, owner, offset));
    }
    behind = 'behind ';
  }
  return behind + rootPlace(heap, path.root);
}
