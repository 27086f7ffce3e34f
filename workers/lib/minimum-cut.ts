/**
 * Minimum cuts of small graphs: the cheapest edges without which no way leads from one vertex to another. Maximum flow by Dinic (1970): levels by
 * breadth-first search, then a blocking flow along them, until no way is left; every minimum cut is then saturated. Of all minimum cuts one lies
 * nearest the source (what the residual graph reaches from it), one nearest the sink (what reaches the sink in it): both are unique, so they do
 * not depend on the order of edges. For some thousand edges; O(vertices² · edges) at worst.
 */
import { NONE } from './none';

/** More than any sum of costs that is worth a cut. Edges of this capacity are in no cut that is cheaper. */
export const UNCUTTABLE = 2 ** 40;

export interface MinimumCuts {
  /** What the edges of each cut cost together. */
  readonly cost: number;
  /** Edges, as `addEdge` numbered them, ascending. */
  readonly nearSource: readonly number[];
  readonly nearSink: readonly number[];
}

/** A graph whose edges are cut; vertices are any numbers from 0 up. */
export class FlowGraph {
  /** Arcs in pairs: an edge, and the way back over what flows on it. */
  private readonly head: number[] = [];
  private readonly left: number[] = [];
  /** arc → the next one out of its vertex */
  private readonly next: number[] = [];
  /** vertex → its first arc */
  private readonly first: number[] = [];

  /** Returns the edge's number: 0, 1, 2 … */
  addEdge(from: number, to: number, cost: number): number {
    this.addArc(from, to, cost);
    this.addArc(to, from, 0);
    return this.head.length / 2 - 1;
  }

  /** Lets as much flow as can: call it once. Source and sink differ. */
  cuts(source: number, sink: number): MinimumCuts {
    this.growTo(Math.max(source, sink));
    let cost = 0;
    for (let level = this.levels(source, sink); level[sink] !== NONE; level = this.levels(source, sink)) {
      const arc = this.first.slice();
      for (let flow = this.push(source, sink, level, arc); flow > 0; flow = this.push(source, sink, level, arc))
        cost += flow;
    }
    const near = this.reached(source, (arc) => this.left[arc] > 0);
    const far = this.reached(sink, (arc) => this.left[arc ^ 1] > 0);
    return {
      cost,
      nearSource: this.crossing((from, to) => near[from] && !near[to]),
      nearSink: this.crossing((from, to) => !far[from] && far[to]),
    };
  }

  private addArc(from: number, to: number, capacity: number): void {
    this.growTo(Math.max(from, to));
    this.next.push(this.first[from]);
    this.first[from] = this.head.push(to) - 1;
    this.left.push(capacity);
  }

  private growTo(vertex: number): void {
    while (this.first.length <= vertex) this.first.push(NONE);
  }

  /** vertex → arcs from the source over which something can still flow */
  private levels(source: number, sink: number): number[] {
    const level = this.first.map(() => NONE);
    level[source] = 0;
    const queue = [source];
    for (let at = 0; at < queue.length && level[sink] === NONE; at++) {
      for (let arc = this.first[queue[at]]; arc !== NONE; arc = this.next[arc]) {
        if (this.left[arc] === 0 || level[this.head[arc]] !== NONE) continue;
        level[this.head[arc]] = level[queue[at]] + 1;
        queue.push(this.head[arc]);
      }
    }
    return level;
  }

  /** Sends what one more way along the levels can bear. `arc`: vertex → the first of its arcs that may still lead on. */
  private push(source: number, sink: number, level: readonly number[], arc: number[]): number {
    const way: number[] = [];
    for (let vertex = source; vertex !== sink;) {
      const on = arc[vertex];
      if (on !== NONE && this.left[on] > 0 && level[this.head[on]] === level[vertex] + 1) {
        way.push(on);
        vertex = this.head[on];
      } else if (on !== NONE) arc[vertex] = this.next[on];
      else {
        const back = way.pop();
        if (back === undefined) return 0;
        vertex = this.head[back ^ 1];
        arc[vertex] = this.next[back];
      }
    }
    const flow = Math.min(...way.map((on) => this.left[on]));
    for (const on of way) {
      this.left[on] -= flow;
      this.left[on ^ 1] += flow;
    }
    return flow;
  }

  /** vertex → whether arcs that `leads` says yes to reach it */
  private reached(start: number, leads: (arc: number) => boolean): boolean[] {
    const seen = this.first.map(() => false);
    seen[start] = true;
    const queue = [start];
    for (let vertex = queue.pop(); vertex !== undefined; vertex = queue.pop()) {
      for (let arc = this.first[vertex]; arc !== NONE; arc = this.next[arc]) {
        if (seen[this.head[arc]] || !leads(arc)) continue;
        seen[this.head[arc]] = true;
        queue.push(this.head[arc]);
      }
    }
    return seen;
  }

  private crossing(isCut: (from: number, to: number) => boolean): number[] {
    const edges: number[] = [];
    for (let arc = 0; arc < this.head.length; arc += 2)
      if (isCut(this.head[arc + 1], this.head[arc])) edges.push(arc / 2);
    return edges;
  }
}
