/** Pages of any list: filtered and sorted once, then cut from the kept order. */
import type { ListQuery } from '../../api/session';
import type { Page } from '../../api/values';
import { OrderCache } from './order-cache';
import { orderItems } from './order';
import { columnOf, predicateOf, type Predicate } from './filter';
import { clipRange, pageOf } from './page';
import type { Table } from './table';
import type { OpenedDump } from '../dump/opened-dump';
import type { Phases } from '../running/phases';
import type { Ticket } from '../running/ticket';

/** The items of a table that a question is about, besides its filters. */
export interface Selection {
  /** Tells selections apart. */
  readonly key: string;
  /** True for the items that belong to it; null for all. */
  readonly has: Predicate | null;
}

/** Counted on a heap of three million objects: 4 for counts, 7 for sizes. */
const STEPS_TO_SORT = 6;

export const EVERYTHING: Selection = { key: '', has: null };

export class Lists {
  private readonly orders: OrderCache;
  /** order → own bytes of what it lists */
  private readonly weights = new WeakMap<Uint32Array, number>();

  constructor(
    private readonly dump: OpenedDump,
    private readonly phases: Phases,
  ) {
    this.orders = new OrderCache(dump.account);
  }

  /** Keeps no orders any more: the names that they were made by are gone. */
  close(): void {
    this.orders.close();
  }

  /**
   * The rows that a query asks for. Rejects with `BadRequest` for unknown columns, unreadable filters and ranges that are none, with
   * `Cancelled` when sorting is cancelled.
   */
  async page<Key extends string, Row>(
    ticket: Ticket,
    table: Table<Key>,
    selection: Selection,
    query: ListQuery<Key>,
    rowOf: (item: number) => Row,
  ): Promise<Page<Row>> {
    const { filters, sort } = query;
    clipRange(query, table.count);
    if (sort) columnOf(table, sort.column);
    const predicates = [selection.has, predicateOf(table, filters, this.dump.graph.heapBytes)];
    const holding = predicates.filter((predicate) => predicate !== null);
    if (holding.length === 0 && !sort) {
      return pageOf(table.count, query, (position) => rowOf(table.itemAt(position)));
    }
    const key = JSON.stringify([table.name, selection.key, filters, sort]);
    const order = await this.orders.get(key, ticket, (first) =>
      this.phases.run(
        first,
        'sort',
        sort ? STEPS_TO_SORT : 1,
        () => orderItems(table, holding, sort, this.dump.account),
        table.count,
      ),
    );
    const page = pageOf(order.length, query, (position) => rowOf(order[position]));
    if (holding.length === 0 || table.weigh === undefined) return page;
    return { ...page, bytes: this.weightOf(order, table.weigh) };
  }

  /** Added up once for each order that is kept: 10 million numbers take what a page takes to be read. */
  private weightOf(order: Uint32Array, weigh: (item: number) => number): number {
    let bytes = this.weights.get(order);
    if (bytes === undefined) {
      bytes = 0;
      for (const item of order) bytes += weigh(item);
      this.weights.set(order, bytes);
    }
    return bytes;
  }
}
