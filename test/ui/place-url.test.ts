import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CLOSURE_KEYS,
  CYCLE_KEYS,
  CYCLE_SHAPE_KEYS,
  GOROUTINE_KEYS,
  GOROUTINE_KIND_KEYS,
  HOLDERS,
  OBJECT_KEYS,
  PACKAGE_KEYS,
  POOL_KEYS,
  RETENTION_BY,
  ROOT_KEYS,
  ROOT_KIND_KEYS,
  TYPE_KEYS,
} from '../../workers/api';
import type { Address, CycleGraph } from '../../workers/api';
import {
  CYCLE_TABS,
  GROUPS_OF_NODES,
  HUES,
  OBJECT_TABS,
  READINGS,
  WHY_TABS,
  places,
} from '../../src/renderer/state/place';
import type { Place, Selection } from '../../src/renderer/state/place';
import { placeFromHash, placeToHash } from '../../src/renderer/state/place-url';

const id = fc.nat();
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const address = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value): Address => `0x${value.toString(16)}`);

const selection: fc.Arbitrary<Selection | null> = fc.oneof(
  fc.constant(null),
  fc.record({ kind: fc.constant('object' as const), address }),
  fc.record({ kind: fc.constant('cycle' as const), id }),
  fc.record({ kind: fc.constant('type' as const), name: text, shape: text }),
  fc.record({ kind: fc.constant('node' as const), by: fc.constantFrom(...RETENTION_BY), id: text }),
);

const explained = fc.record({ selected: selection, why: fc.constantFrom(...WHY_TABS), path: id });

function listed<Column extends string>(columns: readonly Column[]) {
  return fc.record({
    sort: fc.record({ column: fc.constantFrom(...columns), descending: fc.boolean() }),
    // At most one filter a column, none of them empty.
    filters: fc
      .uniqueArray(fc.tuple(fc.constantFrom(...columns), text), { selector: ([column]) => column })
      .map((entries) => Object.fromEntries(entries) as { [Key in Column]?: string }),
  });
}

const view = <View extends string>(name: View) => fc.constant({ view: name });

const cycleGraph = fc.constantFrom<CycleGraph[]>('full', 'heap');

const typeKey = fc.option(fc.record({ name: text, shape: text }));

const rootKind = fc.option(fc.record({ name: text, holder: fc.constantFrom(...HOLDERS) }));
const heldObjects = fc.option(
  fc.oneof(
    fc.record({ type: fc.record({ name: text, shape: text }) }),
    fc.record({ cycle: id }),
    fc.record({ finding: text }),
    fc.record({ node: text }),
    fc.record({ addresses: fc.array(address, { minLength: 1 }) }),
    fc.record({ matching: text }),
  ),
);

const nodeKey = fc.option(fc.record({ by: fc.constantFrom(...RETENTION_BY), id: text, without: fc.array(text) }));

const screen = fc.oneof(
  view('overview'),
  fc.record({
    view: fc.constant('memory' as const),
    by: fc.constantFrom(...RETENTION_BY),
    of: heldObjects,
    group: fc.constantFrom(...GROUPS_OF_NODES),
    under: fc.option(text),
    focus: fc.array(text),
    ignore: fc.array(text),
    hide: fc.array(text),
    without: fc.array(text),
    search: fc.oneof(fc.constant(''), text),
    hue: fc.constantFrom(...HUES),
    turned: fc.array(text),
  }),
  fc.record({ view: fc.constant('findings' as const), finding: fc.option(text) }),
  fc.tuple(view('cycles'), listed(CYCLE_KEYS), fc.record({ graph: cycleGraph, like: fc.option(id) })),
  fc.tuple(view('shapes'), listed(CYCLE_SHAPE_KEYS), fc.record({ graph: cycleGraph, harmless: fc.boolean() })),
  fc.record({
    view: fc.constant('cycle' as const),
    id,
    tab: fc.option(fc.constantFrom(...CYCLE_TABS)),
    cut: fc.array(text),
    expanded: fc.array(text),
    without: fc.array(text),
  }),
  fc.tuple(view('types'), listed(TYPE_KEYS)),
  fc.tuple(view('packages'), listed(PACKAGE_KEYS)),
  fc.tuple(view('objects'), listed(OBJECT_KEYS), fc.record({ cycle: fc.option(id), of: typeKey, node: nodeKey })),
  fc.record({
    view: fc.constant('object' as const),
    address,
    tab: fc.constantFrom(...OBJECT_TABS),
    reading: fc.option(fc.constantFrom(...READINGS)),
    cut: fc.array(text),
    expanded: fc.array(text),
  }),
  fc.record({ view: fc.constant('free' as const), of: heldObjects, cut: fc.array(text) }),
  fc.record({ view: fc.constant('dominators' as const), expanded: fc.array(address) }),
  fc.tuple(view('stacks'), listed(GOROUTINE_KIND_KEYS), fc.record({ opened: fc.option(id) })),
  fc.tuple(view('goroutines'), listed(GOROUTINE_KEYS), fc.record({ like: fc.option(id) })),
  fc.record({ view: fc.constant('goroutine' as const), id }),
  fc.tuple(view('rootKinds'), listed(ROOT_KIND_KEYS)),
  fc.tuple(view('roots'), listed(ROOT_KEYS), fc.record({ of: rootKind })),
  fc.tuple(view('closures'), listed(CLOSURE_KEYS), fc.record({ opened: typeKey })),
  fc.tuple(view('pools'), listed(POOL_KEYS)),
  fc.record({ view: fc.constant('pool' as const), address }),
);

const place = fc
  .tuple(screen, explained)
  // A screen drawn in parts is one record; which parts belong together is said above.
  .map(([parts, pane]) => Object.assign({}, ...[parts].flat(), pane) as Place);

describe('a place and its URL', () => {
  test('every place survives the way through its URL', () => {
    fc.assert(
      fc.property(place, (there) => {
        expect(placeFromHash(placeToHash(there))).toEqual(there);
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  test('a URL read and written again names the same place', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webFragments()), (hash) => {
        const read = placeFromHash(hash);
        expect(placeFromHash(placeToHash(read))).toEqual(read);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  test.each([
    ['', '#/memory'],
    ['#', '#/memory'],
    ['#/nowhere?x=1', '#/memory'],
    ['#/findings/', '#/findings'],
    ['#/findings/timers-0badcafe', '#/findings/timers-0badcafe'],
    ['#/cycles', '#/cycles'],
    ['#/cycles/7', '#/cycles/7'],
    ['#/cycles/shapes?graph=both&harmless=0', '#/cycles/shapes'],
    ['#/cycles?graph=heap&like=-1', '#/cycles?graph=heap'],
    ['#/cycles/seven', '#/cycles'],
    ['#/cycles/7?tab=gone&why=perhaps&path=-1', '#/cycles/7'],
    ['#/objects/0xC000', '#/objects'],
    ['#/objects?sort=-colour&f.colour=red', '#/objects'],
    ['#/goroutines/stacks?sort=-alone&opened=x', '#/goroutines/stacks'],
    ['#/roots/kinds?f.holder=%2F%5Etimer%24%2F&sort=-alone', '#/roots/kinds?f.holder=%2F%5Etimer%24%2F'],
    ['#/roots?root=main.cache&holder=nobody', '#/roots'],
    ['#/objects?sort=-retained', '#/objects'],
    ['#/objects?f.size=%3E1MB&sort=address', '#/objects?sort=address&f.size=%3E1MB'],
    ['#/dominators?open=0xc000&open=root', '#/dominators?open=0xc000'],
  ])('%j is read as %j', (hash, canonical) => {
    expect(placeToHash(placeFromHash(hash))).toBe(canonical);
  });

  test('the pages of a thing explain it without saying so in the URL', () => {
    expect(placeToHash(places.object('0xc000'))).toBe('#/objects/0xc000');
    expect(placeToHash({ ...places.object('0xc000'), selected: null })).toBe('#/objects/0xc000?sel=none');
    expect(placeToHash({ ...places.cycle(3), selected: { kind: 'object', address: '0xc000' } })).toBe(
      '#/cycles/3?sel=0xc000',
    );
  });
});
