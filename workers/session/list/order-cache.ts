/** Orders that were asked for lately, so that the next page of a list costs nothing. */
import type { MemoryAccount } from '../../lib/alloc';
import { Once } from '../running/once';
import type { Ticket } from '../running/ticket';

/** Orders kept: the few lists that a person goes back and forth between, at 4 bytes a row each. */
const KEPT = 4;

export class OrderCache {
  /** What was asked → the order; the one used last stands last. */
  private readonly orders = new Map<string, Once<Uint32Array>>();
  private kept = KEPT;

  constructor(private readonly account: MemoryAccount) {}

  /** The order named by `key`: a kept one, one that is being computed, or a new one. */
  get(key: string, ticket: Ticket, compute: (ticket: Ticket) => Promise<Uint32Array>): Promise<Uint32Array> {
    const order = this.orders.get(key) ?? new Once(compute);
    this.orders.delete(key);
    this.orders.set(key, order);
    const items = order.get(ticket);
    this.dropOldest();
    return items;
  }

  /** Keeps nothing any more; who still asks gets an answer. */
  close(): void {
    this.kept = 0;
    this.dropOldest();
  }

  private dropOldest(): void {
    for (const [key, order] of this.orders) {
      if (this.orders.size <= this.kept) return;
      this.orders.delete(key);
      // a page that is being cut from it keeps the array itself; only the account forgets it
      order.whenDone((items) => {
        this.account.release(items);
      });
    }
  }
}
