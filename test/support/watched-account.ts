/** A memory account that knows each of its arrays by name, so that a test can say which one was forgotten. */
import { MemoryAccount } from '../../workers/lib/alloc';

export class WatchedAccount extends MemoryAccount {
  /** buffer → what it was booked as; hidden, for what is looked through may lead to the account */
  readonly #names = new Map<ArrayBufferLike, string>();

  override uint8(name: string, length: number): Uint8Array {
    return this.watch(name, super.uint8(name, length));
  }

  override int32(name: string, length: number): Int32Array {
    return this.watch(name, super.int32(name, length));
  }

  override uint32(name: string, length: number): Uint32Array {
    return this.watch(name, super.uint32(name, length));
  }

  override float64(name: string, length: number): Float64Array {
    return this.watch(name, super.float64(name, length));
  }

  override release(...arrays: ArrayBufferView[]): void {
    super.release(...arrays);
    for (const { buffer } of arrays) this.#names.delete(buffer);
  }

  /** Names of the arrays that are booked although nothing in `kept` leads to them. */
  forgotten(...kept: readonly unknown[]): string[] {
    const reached = buffersFrom(kept);
    return [...this.#names].filter(([buffer]) => !reached.has(buffer)).map(([, name]) => name);
  }

  private watch<A extends ArrayBufferView>(name: string, array: A): A {
    this.#names.set(array.buffer, name);
    return array;
  }
}

/** Buffers of all typed arrays that can be reached through properties, lists, sets and maps. */
function buffersFrom(start: unknown): Set<unknown> {
  const seen = new Set<unknown>();
  const waiting: unknown[] = [start];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (typeof one !== 'object' || one === null || seen.has(one)) continue;
    seen.add(one);
    if (ArrayBuffer.isView(one)) seen.add(one.buffer);
    else if (one instanceof Map) waiting.push([...(one as Map<unknown, unknown>)]);
    else if (one instanceof Set) waiting.push([...(one as Set<unknown>)]);
    else waiting.push(...(Object.values(one) as unknown[]));
  }
  return seen;
}
