/** What axe-core finds of a page that some people cannot use: nothing, in any view, in either theme; and whether one sees where the focus is. */
import AxeBuilder from '@axe-core/playwright';
import { PLACES } from './places';
import { expect, idle, test } from './app';
import { brokenRings } from './focus';

/** Levels A and AA of WCAG 2.2 and axe's own good practice; a visible label that a name does not contain is one of its experiments. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What a theme changes is colours: the rest is asked once. */
const THEMES = [
  { colorScheme: 'light', runOnly: { type: 'tag', values: RULES } },
  { colorScheme: 'dark', runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } },
] as const;

for (const { colorScheme, runOnly } of THEMES) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('no view has anything that axe finds', async ({ app }) => {
      test.slow();
      for (const place of PLACES) {
        await app.evaluate((hash) => {
          location.hash = hash;
        }, place);
        await idle(app);
        const { violations } = await new AxeBuilder({ page: app })
          .options({
            runOnly: { type: runOnly.type, values: [...runOnly.values] },
            resultTypes: ['violations'],
            rules: runOnly.type === 'tag' ? { 'label-content-name-mismatch': { enabled: true } } : {},
          })
          .analyze();
        const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
        expect.soft(found, place).toEqual([]);
      }
    });
  });
}

// by itself: what has the focus is scrolled to, and half a row is no target of 24 pixels
test('what has the focus has a whole ring in every view', async ({ app }) => {
  test.slow();
  for (const place of PLACES) {
    await app.evaluate((hash) => {
      location.hash = hash;
    }, place);
    await idle(app);
    expect.soft(await brokenRings(app), place).toEqual([]);
  }
});
