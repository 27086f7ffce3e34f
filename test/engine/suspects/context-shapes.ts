/** Contexts of package context, as shapes have them. */
import { AddressSpace } from '../../../fixtures/builder/address-space';
import { platform } from '../../../fixtures/builder/platform';
import type { ObjectId } from '../../../fixtures/builder/frame';
import { Shape } from '../../../fixtures/builder/shape';

export const VERSION = 'go1.26.11';

/** The address of the itab of the first type of a shape: the same for all of one version. */
function itabOf(shape: Shape): number {
  return new AddressSpace(platform(VERSION), shape, 1, { freeOneIn: 0, shuffleWindow: 1 }).itab(0);
}

/** What stands behind a cancelCtx: a timer and a deadline; sync.Once and a function. */
const MORE = {
  plain: { bytes: 0, pointers: [] },
  deadline: { bytes: 32, pointers: [0, 24] },
  function: { bytes: 24, pointers: [16] },
} as const;

interface ContextOptions {
  cancelled?: boolean;
  kind?: keyof typeof MORE;
  /** Bytes of an object that it alone has. */
  cause?: number;
}

/** Contexts as Go 1.26 lays out context.cancelCtx: a base that a server holds as an interface, and children in its map. */
export class Contexts {
  readonly base: ObjectId;
  private readonly itab: number;
  private readonly children: ObjectId;
  private count = 0;

  constructor(readonly shape = new Shape()) {
    this.shape.type('context.backgroundCtx', 16);
    this.itab = itabOf(this.shape);
    this.children = this.shape.object(24 * 1200);
    this.base = this.context(null);
    const server = this.shape.object(16);
    this.shape.put(server, 0, this.itab);
    this.shape.point(server, 8, this.base);
    this.shape.bss.push({ offset: 4000, target: server });
  }

  context(parent: ObjectId | null, { cancelled = false, kind = 'plain', cause = 16 }: ContextOptions = {}): ObjectId {
    const { shape } = this;
    const { bytes, pointers } = MORE[kind];
    const context = shape.object(80 + bytes);
    for (const offset of pointers) shape.point(context, 80 + offset, { address: 0 });
    shape.put(context, 0, this.itab);
    shape.point(context, 8, parent ?? { address: 0x5f9a20 });
    shape.point(context, 32, { address: 0 });
    shape.point(context, 40, parent === null ? this.children : { address: 0 });
    if (cancelled) shape.put(context, 48, 0x4d7540);
    shape.point(context, 56, { address: 0 });
    shape.point(context, 72, shape.object(cause));
    return context;
  }

  below(parent: ObjectId, count: number, options: ContextOptions = {}): ObjectId[] {
    return Array.from({ length: count }, () => {
      const child = this.context(parent, options);
      const at = 24 * this.count++;
      this.shape.put(this.children, at, this.itab);
      this.shape.point(this.children, at + 8, child);
      return child;
    });
  }

  /** What context.WithCancel returns beside the context. */
  cancelFunction(context: ObjectId): ObjectId {
    const closure = this.shape.object(16);
    this.shape.put(closure, 0, 0x401000);
    this.shape.point(closure, 8, context);
    return closure;
  }
}
