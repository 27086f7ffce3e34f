/**
 * The page's own word for "nothing is under way": `<html data-idle="true">` when no request is in flight, no typing waits to be applied and no
 * layout is being computed, and what came of them is painted. Whoever drives the page waits for it instead of for a length of time.
 */

let held = 0;

/** Marks the page busy until the returned function is called (once; further calls do nothing). */
export function hold(): () => void {
  held++;
  document.documentElement.dataset['idle'] = 'false';
  let done = false;
  return () => {
    if (done) return;
    done = true;
    held--;
    if (held === 0) afterPaint(settle);
  };
}

/** Marks the page busy until a promise settles, and passes it on. */
export function holdFor<Value>(work: Promise<Value>): Promise<Value> {
  return work.finally(hold());
}

function settle(): void {
  if (held === 0) document.documentElement.dataset['idle'] = 'true';
}

/** Two frames: one in which React commits, one in which that is on screen. A timer for pages in the background, which get no frames. */
function afterPaint(then: () => void): void {
  if (document.hidden) setTimeout(then, 0);
  else requestAnimationFrame(() => requestAnimationFrame(then));
}
