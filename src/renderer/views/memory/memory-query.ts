/** What a place of Memory asks the session. */
import type { RetentionQuery } from '../../../../workers/api';
import { escaped } from '../../state/expressions';
import type { MemoryShown } from '../../state/place';

/** A node below this share of what is asked about is narrower than a pixel of most windows. Zooming asks anew, and it appears. */
const LEAST_SHARE = 1 / 4000;

export function queryOf(place: MemoryShown): RetentionQuery {
  const { by, of, group, under, focus, ignore, hide, without, search } = place;
  return {
    by,
    minShare: LEAST_SHARE,
    ...(of !== null && { of }),
    ...(group === 'package' && { group }),
    ...(under !== null && { under }),
    ...(focus.length > 0 && { focus: anyOf(focus) }),
    ...(ignore.length > 0 && { ignore: anyOf(ignore) }),
    ...(hide.length > 0 && { hide: anyOf(hide) }),
    ...(without.length > 0 && { without }),
    ...(search.trim() !== '' && { search }),
  };
}

/** One text that finds what any of them finds; a single one as it was typed. Tests look at it by itself. @internal */
export function anyOf(texts: readonly string[]): string {
  if (texts.length === 1) return texts[0];
  return `/${texts.map((text) => `(?:${expressionOf(text)})`).join('|')}/`;
}

function expressionOf(text: string): string {
  return /^\/.+\/$/su.test(text) ? text.slice(1, -1) : escaped(text.replace(/^"(.*)"$/su, '$1'));
}
