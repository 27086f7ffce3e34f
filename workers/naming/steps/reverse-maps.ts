/**
 * Maps that nothing typed refers to, from the other end: a header by its structure leads to groups or buckets, and these are of one map type
 * only: because they are typed already, or because one type alone fits their size and pointers and makes sense of the first entries.
 */
import { NONE } from '../../lib/none';
import { valueAddress } from '../../graph/heap-graph';
import { objectBytes } from '../../graph/contents/read-object';
import { KIND } from '../../go/type-kinds';
import { SOURCE } from '../beliefs/assignments';
import { fit } from '../types/fit';
import type { ObjectShape } from '../types/object-shapes';
import type { GoType } from '../types/go-type';
import { readMapHeader, readMapTable } from './map-headers';
import { usedSlots } from './map-slots';
import { looksLike } from './map-structures';
import { eachObject } from '../../graph/contents/each-object';
import type { Propagation } from './propagation';
import { SegmentMemory } from '../../graph/contents/segment-memory';
import type { ShapeSearch } from './shape-search';
import type { TypeSpace } from '../types/type-space';

/** Groups whose entries are checked. */
const CHECKED_GROUPS = 4;

interface Header {
  objectId: number;
  /** Object that holds the groups or buckets, and how many. */
  body: number;
  count: number;
}

export class ReverseMaps {
  private readonly mapTypes: readonly GoType[];
  private readonly P: number;

  /** shape, number of groups → maps whose groups fill it */
  private readonly fitting = new Map<ObjectShape, Map<number, readonly GoType[]>>();

  constructor(
    private readonly walk: Propagation,
    types: TypeSpace,
    private readonly search: ShapeSearch,
  ) {
    this.mapTypes = types.runtimeTypes().filter((type) => type.kind === KIND.map && type.bucket !== null);
    this.P = walk.known.layout.pointerBytes;
  }

  /** One sweep over untyped headers; true where it named something. */
  async sweep(checkpoint: () => void | Promise<void>): Promise<boolean> {
    let named = false;
    for (const header of await this.headers(checkpoint)) {
      await checkpoint();
      const map = await this.mapOf(header);
      if (!map) continue;
      const address = valueAddress(this.walk.graph, header.objectId);
      this.walk.tell(address, this.walk.known.mapHeader(map), 1, SOURCE.reverseMap, {
        objectId: header.body,
        offset: 0,
      });
      named = true;
    }
    return named;
  }

  private async headers(checkpoint: () => void | Promise<void>): Promise<Header[]> {
    const { graph, windows, assignments, known } = this.walk;
    const { maps } = known.layout;
    const found: { objectId: number; pointer: number; count: number; directory: number }[] = [];
    const visit = (objectId: number, position: number): void => {
      const header = readMapHeader(windows, position, maps);
      if (header) found.push({ objectId, ...header });
    };
    const wanted = (objectId: number): boolean =>
      assignments.typeId[objectId] === 0 &&
      looksLike(this.search.shapeOf(objectId), maps.header.mask, maps.header.bytes);
    await eachObject(windows, checkpoint, visit, wanted);
    const headers: Header[] = [];
    for (const { objectId, pointer, count, directory } of found) {
      await checkpoint();
      const body = directory > 0 ? await this.firstTable(pointer) : { object: graph.index.objectAt(pointer), count };
      if (body && body.object !== NONE) headers.push({ objectId, body: body.object, count: body.count });
    }
    return headers;
  }

  /** The groups of a directory's first table. */
  private async firstTable(directory: number): Promise<{ object: number; count: number } | null> {
    const { graph } = this.walk;
    const { maps } = this.walk.known.layout;
    const list = await this.memory(graph.index.objectAt(directory), this.P);
    const table = list && maps.swiss && (await this.memory(graph.index.objectAt(list.word(0)), maps.table.bytes));
    if (!table) return null;
    const { address, count } = readMapTable(table, 0, maps);
    return { object: graph.index.objectAt(address), count };
  }

  private async mapOf(header: Header): Promise<GoType | null> {
    const { assignments } = this.walk;
    const typed = assignments.typeId[header.body];
    if (typed !== 0) return this.mapTypes.find((map) => map.bucket?.id === typed) ?? null;
    const shape = this.search.shapeOf(header.body);
    const fitting = this.fittingMaps(shape, header.count);
    if (fitting.length === 0) return null;
    const bytes = (fitting[0].bucket?.size ?? 0) * Math.min(header.count, CHECKED_GROUPS);
    const memory = await this.memory(header.body, bytes);
    const sensible = memory ? fitting.filter((map) => this.makesSense(map, header.count, memory)) : [];
    const allocated = sensible.filter((map) => map.bucket && this.search.isAllocated(map.bucket));
    return onlyMap(sensible) ?? onlyMap(allocated);
  }

  /** Maps whose groups fill a shape: the same for all headers of a table's size, so each size is tried once. */
  private fittingMaps(shape: ObjectShape, count: number): readonly GoType[] {
    const ofShape = this.fitting.get(shape) ?? new Map<number, readonly GoType[]>();
    this.fitting.set(shape, ofShape);
    const known = ofShape.get(count);
    if (known) return known;
    const found = this.mapTypes.filter((map) => {
      const result = map.bucket && fit(map.bucket, count, shape);
      return result?.verdict === 'full' && result.exact;
    });
    ofShape.set(count, found);
    return found;
  }

  private makesSense(map: GoType, count: number, memory: SegmentMemory): boolean {
    const { bucket, key, element } = map;
    if (!bucket || !key || !element) return false;
    const groups = Math.min(count, CHECKED_GROUPS);
    for (let group = 0; group < groups; group++) {
      const base = group * bucket.size;
      if (!this.entriesMakeSense(bucket, memory, base)) return false;
    }
    return true;
  }

  private entriesMakeSense(bucket: GoType, memory: SegmentMemory, base: number): boolean {
    const { known } = this.walk;
    for (const { key, value } of usedSlots(bucket, memory, base, known.layout.maps)) {
      if (this.search.check(key.type, memory, key.at) < 0) return false;
      if (value && this.search.check(value.type, memory, value.at) < 0) return false;
    }
    return true;
  }

  private async memory(objectId: number, bytes: number): Promise<SegmentMemory | null> {
    const { graph } = this.walk;
    if (objectId === NONE) return null;
    const offset = valueAddress(graph, objectId) - graph.slotAddress[objectId];
    const read = await objectBytes(graph, objectId, offset, bytes);
    return new SegmentMemory(read, !graph.records.params.bigEndian, this.P);
  }
}

/** The map, where all candidates are one. Named map types share the group of their literal: the same map to an object. */
function onlyMap(maps: readonly GoType[]): GoType | null {
  return new Set(maps.map((map) => map.bucket?.name)).size === 1 ? maps[0] : null;
}
