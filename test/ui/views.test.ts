/** The table of views: what its types cannot say. */
import { describe, expect, test, vi } from 'vitest';
import { viewKeys } from '../../src/renderer/frame/view-keys';
import { PLACE_FORMS } from '../../src/renderer/state/place-forms';
import { placeFromHash, placeToHash } from '../../src/renderer/state/place-url';
import { GROUPS, LINES, VIEWS, lineOf } from '../../src/renderer/views/registry';
import type { ViewName } from '../../src/renderer/state/place';

const gone = vi.hoisted(() => {
  // Views read the theme when they are loaded; a page has this, Node has not.
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
  return vi.fn<(place: { view: string }) => void>();
});
vi.mock(import('../../src/renderer/state/navigation'), async (original) => ({ ...(await original()), go: gone }));

const names = Object.keys(VIEWS) as ViewName[];

describe('the table of views', () => {
  test('has the views that URLs have', () => {
    expect(names).toEqual(Object.keys(PLACE_FORMS));
  });

  test('does not compile without a view, nor without a part of one (the compiler holds this, run or not)', () => {
    const { types, ...viewless } = VIEWS;
    const { word, ...wordless } = types;
    const { line, ...lineless } = types;
    const { which, ...titleless } = types;
    const { types: form, ...formless } = PLACE_FORMS;
    const tables: (typeof VIEWS)[] = [
      // @ts-expect-error a view is missing
      viewless,
      // @ts-expect-error one has no word for rail, palette and title
      { ...VIEWS, types: wordless },
      // @ts-expect-error one has no line in the rail, and is reached from no other
      { ...VIEWS, types: lineless },
      // @ts-expect-error one does not say which one it is
      { ...VIEWS, types: titleless },
    ];
    // @ts-expect-error a view has no URL
    const forms: typeof PLACE_FORMS = formless;
    expect([tables.length, forms === PLACE_FORMS, word, line, which, form]).toContain('Types');
  });

  test('has for each line of the rail a place of that view, which its URL names', () => {
    for (const { view, place } of LINES) {
      expect(place().view).toBe(view);
      expect(placeFromHash(placeToHash(place()))).toEqual(place());
    }
  });

  test('leads every view to a line, which stands in a group', () => {
    const lines = LINES.map(({ view }) => view);
    expect(names.map(lineOf).filter((view) => !lines.includes(view))).toEqual([]);
    expect(LINES.filter(({ group }) => !GROUPS.includes(group))).toEqual([]);
  });

  test('gives no word and no key twice', () => {
    for (const column of [LINES.map(({ word }) => word), LINES.map(({ key }) => key)])
      expect(column).toEqual([...new Set(column)]);
    expect(LINES.filter(({ key }) => !/^[a-z]$/.test(key))).toEqual([]);
  });
});

describe('G and a letter', () => {
  const pressed = (...keys: [key: string, timeStamp: number][]): (string | undefined)[] => {
    gone.mockClear();
    const press = viewKeys();
    for (const [key, timeStamp] of keys) press({ key, timeStamp });
    return gone.mock.calls.map(([{ view }]) => view);
  };

  test.each(LINES.map(({ key, view }) => [key, view] as const))('G %s goes to %s', (key, view) => {
    expect(pressed(['g', 0], [key, 100])).toEqual([view]);
  });

  test.each([
    ['a letter alone', [['t', 0]], []],
    [
      'a letter that comes late',
      [
        ['g', 0],
        ['t', 5000],
      ],
      [],
    ],
    [
      'a letter that no view has',
      [
        ['g', 0],
        ['#', 10],
        ['t', 20],
      ],
      [],
    ],
    [
      'three times G',
      [
        ['g', 0],
        ['g', 10],
        ['g', 20],
      ],
      ['stacks'],
    ],
  ] as [string, [string, number][], string[]][])('%s', (_, keys, views) => {
    expect(pressed(...keys)).toEqual(views);
  });
});
