// Answers about a real dump, held against each other: every total is the length of its list, every list covers what it says, once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ObjectRow, Summary } from '../../../workers/api/rows';
import type { AnalysisSession } from '../../../workers/api/session';
import { MAX_PAGE, type Address, type Page, type Range } from '../../../workers/api/values';
import { createDirectSession } from '../../../workers/hosts/direct';
import { fixture } from './test-host';

/** Rings held by finalizers, a ring of a thousand that a global holds, garbage, timers, several goroutines. */
const DUMPS = ['go1.27.4/finalizers.heap', 'go1.22.12/finalizers.heap', 'go1.27.4-mips/finalizers.heap'];

async function all<Row>(ask: (range: Range) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = await ask({ offset: rows.length, limit: MAX_PAGE });
    rows.push(...page.rows);
    if (rows.length >= page.total) {
      expect(rows).toHaveLength(page.total);
      return rows;
    }
  }
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

describe.each(DUMPS)('%s', (name) => {
  let session: AnalysisSession;
  let summary: Summary;
  let objects: ObjectRow[];

  beforeAll(async () => {
    session = createDirectSession();
    summary = await session.open({ file: fixture(name) });
    objects = await all((range) => session.objects(range));
  });
  afterAll(() => session.close());

  test('the list of objects is the heap', () => {
    const { heap, heldBy } = summary;
    expect(objects).toHaveLength(heap.objects);
    expect(sum(objects.map(({ size }) => size))).toBe(heap.bytes);
    expect(sum(objects.map(({ references }) => references))).toBe(heap.references);
    expect(new Set(objects.map(({ address }) => address)).size).toBe(heap.objects);
    const byHolder = heldBy.map(({ holder }) => {
      const held = objects.filter((row) => row.holder === holder);
      return { holder, objects: held.length, bytes: sum(held.map(({ size }) => size)) };
    });
    expect(byHolder).toEqual(heldBy);
    expect(objects.filter(({ distance }) => distance !== null)).toHaveLength(heap.reachableObjects);
  });

  test('types share the objects out among them', async () => {
    const types = await all((range) => session.types(range));
    expect(sum(types.map((type) => type.objects))).toBe(summary.heap.objects);
    expect(sum(types.map(({ bytes }) => bytes))).toBe(summary.heap.bytes);
    for (const type of types.slice(0, 12)) {
      const of = await all((range) => session.objects({ ...range, of: { name: type.name, shape: type.shape } }));
      expect(of).toEqual(objects.filter((object) => groupOf(object) === type.name));
      expect(type).toMatchObject({ objects: of.length, largest: Math.max(...of.map(({ size }) => size)) });
      expect(type.retainedBytes).toBeGreaterThanOrEqual(type.bytes);
    }
  });

  test('the dominator tree holds what roots hold, once', async () => {
    const seen: Address[] = [];
    const walk = async (of: Address | 'root'): Promise<number> => {
      const children = await all((range) => session.dominated({ of, ...range }));
      expect(children.map((child) => -child.retainedSize)).toEqual(
        children.map((child) => -child.retainedSize).sort((a, b) => a - b),
      );
      for (const child of children) {
        seen.push(child.address);
        const below = child.children === 0 ? 0 : await walk(child.address);
        expect(child.retainedSize).toBe(child.size + below);
      }
      return sum(children.map(({ retainedSize }) => retainedSize));
    };
    expect(await walk('root')).toBe(summary.heap.reachableBytes);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(summary.heap.reachableObjects);
  });

  test('the chain of dominators ends at the root, and paths run through all of it', async () => {
    const deep = objects.filter(({ distance }) => distance !== null && distance > 2).slice(0, 20);
    for (const { address } of deep) {
      const chain = await session.dominatorChain(address);
      const detail = await session.object(address);
      expect(chain[0]?.address ?? 'root').toBe(detail?.dominator);
      const { paths } = await session.rootPaths({ address, count: 3 });
      for (const { steps } of paths) {
        const onPath = steps.map((step) => step.address);
        expect(onPath).toEqual(expect.arrayContaining(chain.map((above) => above.address)));
      }
    }
  });

  test('every reference is a referrer at its other end', async () => {
    const pointers = (rows: { from: string; offset: number | null; to: string }[]) =>
      rows.map(({ from, offset, to }) => `${from}+${offset} ${to}`).sort();
    const sources = objects.filter(({ references }) => references > 0).slice(0, 150);
    for (const { address: from } of sources) {
      const references = await all((range) => session.references(from, range));
      const out = references.map(({ offset, target, targetOffset }) => ({
        from,
        offset,
        to: `${target}+${targetOffset}`,
      }));
      const back = [];
      for (const target of new Set(references.map((reference) => reference.target))) {
        const referrers = await all((range) => session.referrers(target, range));
        for (const row of referrers) {
          if (row.from === from) back.push({ from, offset: row.offset, to: `${target}+${row.targetOffset}` });
        }
      }
      expect(pointers(back)).toEqual(pointers(out));
    }
  });

  test('contents hold the pointers that references tell', async () => {
    for (const { address } of objects.filter(({ references }) => references > 0).slice(0, 60)) {
      const contents = await session.contents(address, 0, 4096);
      const { pointerBytes, byteOrder, bytes } = contents;
      const view = new DataView(bytes.buffer);
      const word = (at: number) =>
        pointerBytes === 8
          ? Number(view.getBigUint64(at, byteOrder === 'little'))
          : view.getUint32(at, byteOrder === 'little');
      const references = await all((range) => session.references(address, range));
      const inWindow = references.filter(({ offset }) => offset + pointerBytes <= bytes.length);
      expect(contents.pointers.map(({ offset, target }) => [offset, target])).toEqual(
        inWindow.map(({ offset, target }) => [offset, target]),
      );
      for (const { offset, target, targetOffset } of inWindow) expect(word(offset)).toBe(Number(target) + targetOffset);
    }
  });

  test('cycles are what their members say, and their borders as long as told', async () => {
    const cycles = await all((range) => session.cycles({ ...range, graph: 'heap' }));
    expect(cycles).toHaveLength(summary.cycles.count);
    expect(sum(cycles.map((cycle) => cycle.objects))).toBe(summary.cycles.objects);
    expect(sum(cycles.map(({ ownBytes }) => ownBytes))).toBe(summary.cycles.bytes);
    for (const cycle of cycles) {
      const members = await all((range) => session.objects({ ...range, cycle: cycle.id }));
      expect(members).toEqual(objects.filter((row) => row.cycle === cycle.id));
      const inside = new Set<string>(members.map(({ address }) => address));
      const entering = await all((range) => session.entering(cycle.id, range));
      const leaving = await all((range) => session.leaving(cycle.id, range));
      expect([entering.length, leaving.length]).toEqual([cycle.enteringTotal, cycle.leavingTotal]);
      expect(entering.every(({ from, to }) => !inside.has(from) && inside.has(to))).toBe(true);
      expect(leaving.every(({ from, to }) => inside.has(from) && !inside.has(to))).toBe(true);
      const referrers = sum(members.map((member) => member.referrers));
      const references = sum(members.map((member) => member.references));
      expect(referrers - entering.length).toBe(references - leaving.length);
    }
  });

  test('roots and what they hold', async () => {
    const roots = await all((range) => session.roots(range));
    const counts = { data: 0, bss: 0, stack: 0, goroutine: 0, finalizer: 0, other: 0 };
    for (const { kind } of roots) counts[kind]++;
    expect(counts).toEqual(summary.roots);
    const first = new Set<string>(objects.filter(({ distance }) => distance === 1).map(({ address }) => address));
    expect(new Set<string>(roots.map(({ target }) => target))).toEqual(first);
  });

  test('goroutines, their frames and their roots', async () => {
    const goroutines = await all((range) => session.goroutines(range));
    expect(goroutines).toHaveLength(summary.goroutines.total);
    expect(goroutines.filter(({ system }) => system)).toHaveLength(summary.goroutines.system);
    const roots = await all((range) => session.roots(range));
    for (const { id, frames } of goroutines) {
      const { stack, other } = await session.goroutine(id);
      expect(stack).toHaveLength(frames);
      const inFrames = sum(stack.map(({ rootsTotal }) => rootsTotal));
      expect(inFrames + other.length).toBe(roots.filter(({ goroutine }) => goroutine === id).length);
    }
  });
});

describe('what a narrowed list weighs', () => {
  let session: AnalysisSession;
  beforeAll(async () => {
    session = createDirectSession();
    await session.open({ file: fixture('go1.27.4/poolcycle.heap') });
  });
  afterAll(() => session.close());

  const all = { offset: 0, limit: 500 };
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

  test('is the sum of all its rows, whatever page is asked for', async () => {
    const filters = { size: '>200' };
    const { rows, total, bytes } = await session.objects({ ...all, filters });
    expect(rows).toHaveLength(total);
    expect(bytes).toBe(sum(rows.map(({ size }) => size)));
    expect((await session.objects({ offset: total, limit: 1, filters })).bytes).toBe(bytes);
    expect((await session.objects({ ...all, filters: { size: '<0' } })).bytes).toBe(0);
  });

  test('is told of cycles and of types too, and of no list that is whole', async () => {
    const cycles = await session.cycles({ ...all, filters: { objects: '>1' } });
    expect(cycles.bytes).toBe(sum(cycles.rows.map(({ ownBytes }) => ownBytes)));
    const types = await session.types({ ...all, filters: { objects: '>1' } });
    expect(types.bytes).toBe(sum(types.rows.map(({ bytes }) => bytes)));
    expect(await session.types(all)).not.toHaveProperty('bytes');
  });
});

describe('root paths', () => {
  let session: AnalysisSession;
  let address: Address;
  beforeAll(async () => {
    session = createDirectSession();
    await session.open({ file: fixture('go1.27.4/poolcycle.heap') });
    const sort = { column: 'referrers', descending: true } as const;
    const { rows } = await session.objects({ offset: 0, limit: 20, sort, filters: { distance: '>1' } });
    address = rows[0].address;
  });
  afterAll(() => session.close());

  test('each step is a reference of the one before; the next path is no shorter and has another root', async () => {
    const { total, paths } = await session.rootPaths({ address, count: 100 });
    expect(paths).toHaveLength(Math.min(total, 100));
    expect(total).toBeGreaterThan(1);
    const lengths = paths.map(({ steps }) => steps.length);
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    expect(new Set(paths.map(({ root }) => `${root.name} ${root.address}`)).size).toBe(paths.length);
    for (const { steps } of paths.slice(0, 5)) {
      expect(steps.at(-1)?.address).toBe(address);
      for (const [at, step] of steps.slice(1).entries()) {
        const references = await all((range) => session.references(steps[at].address, range));
        const { offset } = step;
        expect(references).toContainEqual(expect.objectContaining({ target: step.address, offset }));
      }
    }
  });

  test('avoid what they are told to: an object, a reference, a root, a kind', async () => {
    const { total, paths } = await session.rootPaths({ address, count: 100 });
    const [{ root, steps }] = paths;
    const through = steps[0].address;
    const ask = (avoid: object) => session.rootPaths({ address, count: 100, avoid });

    const noObject = await ask({ objects: [through] });
    expect(noObject.total).toBeLessThan(total);
    expect(noObject.paths.flatMap((path) => path.steps.map((step) => step.address))).not.toContain(through);

    const noReference = await ask({ references: [{ from: steps.at(-2)?.address, to: address }] });
    expect(noReference.paths.map((path) => path.steps.at(-2)?.address)).not.toContain(steps.at(-2)?.address);

    const noRoot = await ask({ roots: [root.address] });
    expect(noRoot.total).toBe(total - 1);
    expect(noRoot.paths.map((path) => path.root.address)).not.toContain(root.address);

    const noKind = await ask({ roots: [root.kind] });
    expect(noKind.paths.map((path) => path.root.kind)).not.toContain(root.kind);
    expect((await ask({ objects: [address] })).total).toBe(0);
    expect((await ask({ objects: ['0x10'], references: [{ from: '0x10', to: '0x20' }] })).total).toBe(total);
  });

  test('are refused in numbers that nobody reads', async () => {
    await expect(session.rootPaths({ address, count: 101 })).rejects.toMatchObject({ name: 'BadRequest' });
    expect((await session.rootPaths({ address, count: 0 })).paths).toEqual([]);
  });
});

describe('search', () => {
  let session: AnalysisSession;
  beforeAll(async () => {
    session = createDirectSession();
    await session.open({ file: fixture('go1.27.4/poolcycle.heap') });
  });
  afterAll(() => session.close());
  const kinds = async (text: string) => (await session.search(text, 5)).map(({ kind, id }) => `${kind} ${id}`);

  test.each([
    ['g1', ['goroutine 1']],
    ['goroutine 1', ['goroutine 1']],
    ['Goroutine #1', ['goroutine 1']],
    ['g999', []],
    ['cycle 0', ['cycle 0']],
    ['cycle 12345', []],
    ['main.main', ['function 1']],
    ['', []],
    ['no such thing', []],
  ])('%s', async (text, found) => {
    expect(await kinds(text)).toEqual(found);
  });

  test('addresses, with and without 0x, inside too', async () => {
    const [{ address }] = (await session.objects({ offset: 5, limit: 1 })).rows;
    const inside = (Number(address) + 3).toString(16);
    for (const text of [address, address.toUpperCase().replace('0X', '0x'), address.slice(2), inside, `0x${inside}`]) {
      const [hit] = await session.search(text, 1);
      expect(hit).toMatchObject({ kind: 'object', address });
    }
    expect((await session.search(`0x${inside}`, 1))[0].detail).toMatch(/, 3 bytes into its value$/);
  });

  test('types by their shape, most bytes first, and never more than asked for', async () => {
    const hits = await session.search('pointers at', 4);
    expect(hits.map(({ kind }) => kind)).toEqual(['type', 'type', 'type', 'type']);
    await expect(session.search('x', 501)).rejects.toMatchObject({ name: 'BadRequest' });
  });
});

/** The row of types that an object belongs to: several values side by side are one type whatever their number, raw bytes are strings. */
function groupOf({ type, hint, shape }: ObjectRow): string {
  if (type === null) return hint ?? shape;
  return type.replace(/^\[\d+\]/, '[]').replace(/^\[\]uint8$/, 'string');
}
