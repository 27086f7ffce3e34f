/** What the ring around what has the focus looks like, asked in the page. */
import type { Page } from '@playwright/test';

/** Everything on the page that takes the focus and then has no ring, or one that what it lies in cuts off, in words. */
export async function brokenRings(app: Page): Promise<string[]> {
  // what a script focuses has a ring only when keys were used last
  await app.keyboard.press('Tab');
  return app.evaluate(() => {
    const broken: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>(
      'a[href], button:not(:disabled), input, [tabindex="0"]',
    )) {
      // what keys do not come to has the focus by a click alone, and no ring then
      if (!element.checkVisibility() || element.tabIndex < 0) continue;
      element.focus();
      if (document.activeElement !== element) continue;
      const why = brokenRing(element);
      if (why !== null) broken.push(`${element.ariaLabel ?? element.textContent.slice(0, 40)}: ${why}`);
    }
    return broken;

    function brokenRing(focused: HTMLElement): string | null {
      const drawn = [...around(focused)].find((element) => getComputedStyle(element).outlineStyle !== 'none');
      if (drawn === undefined) return hasTableRing(focused) ? null : 'no ring';
      const { outlineWidth, outlineOffset } = getComputedStyle(drawn);
      const beyond = Number.parseFloat(outlineWidth) + Number.parseFloat(outlineOffset) - 0.5;
      const ring = drawn.getBoundingClientRect();
      for (const element of around(drawn.parentElement)) {
        if (getComputedStyle(element).overflow === 'visible') continue;
        const { x, y } = element.getBoundingClientRect();
        const left = x + element.clientLeft;
        const top = y + element.clientTop;
        const isWhole =
          ring.left - beyond >= left &&
          ring.top - beyond >= top &&
          ring.right + beyond <= left + element.clientWidth &&
          ring.bottom + beyond <= top + element.clientHeight;
        if (!isWhole) return `cut off by ${element.className || element.tagName}`;
      }
      return null;
    }

    function* around(element: HTMLElement | null): Generator<HTMLElement> {
      for (let at = element; at !== null; at = at.parentElement) yield at;
    }

    /** A table's ring lies over its head and rows, or around the row that is walked. */
    function hasTableRing(focused: HTMLElement): boolean {
      const frame = focused.closest('.table-frame');
      if (frame === null) return false;
      return (
        getComputedStyle(frame, '::after').borderStyle === 'solid' || frame.querySelector('.table-active') !== null
      );
    }
  });
}
