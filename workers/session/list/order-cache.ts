/** Orders that were asked for lately, so that the next page of a list costs nothing. */
import type { Ticket } from '../task-runner';
import { Once } from '../once';

/** Orders kept: the two or three lists a person goes back and forth between, at 4 bytes a row each. */
const KEPT = 4;

export class OrderCache {
  /** What was asked → the order; the one used last stands last. */
  private readonly orders = new Map<string, Once<Uint32Array>>();

  /** The order named by `key`: a kept one, one that is being computed, or a new one. */
  get(key: string, ticket: Ticket, compute: (ticket: Ticket) => Promise<Uint32Array>): Promise<Uint32Array> {
    const order = this.orders.get(key) ?? new Once(compute);
    this.orders.delete(key);
    this.orders.set(key, order);
    for (const oldest of this.orders.keys()) {
      if (this.orders.size <= KEPT) break;
      this.orders.delete(oldest);
    }
    return order.get(ticket);
  }
}
