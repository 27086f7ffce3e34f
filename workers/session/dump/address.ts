/** Addresses: doubles inside, `0x…` strings on the wire. */
import { EngineError } from '../../api/errors';
import type { Address } from '../../api/values';
import type { HeapGraph } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { valueAddress } from '../../graph/heap-graph';

export function formatAddress(address: number): Address {
  return `0x${address.toString(16)}`;
}

/** The address that `text` writes; `BadRequest` where it is none. Above 2^53 the nearest double. */
export function parseAddress(text: string): number {
  const digits = /^0x([0-9a-f]{1,16})$/i.exec(text);
  if (!digits) throw new EngineError('BadRequest', `“${text}” is no address: write it as hex, like 0xc000123456`);
  return parseInt(digits[1], 16);
}

/** The address of an object's value, as it goes over the wire. */
export function objectAddress(graph: HeapGraph, objectId: number): Address {
  return formatAddress(valueAddress(graph, objectId));
}

/** The object that an address lies in; `NotFound` where there is none. */
export function requireObject(graph: HeapGraph, address: Address): number {
  const objectId = graph.index.objectAt(parseAddress(address));
  if (objectId === NONE) throw new EngineError('NotFound', `No object of this dump contains ${address}`);
  return objectId;
}
