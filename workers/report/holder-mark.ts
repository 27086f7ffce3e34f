/** The mark of what holds a thing, in a picture: the shapes and colours of the table of holders. */
import { HOLDER_LOOKS, type Holder } from '../api/holders';
import { figure } from './edge-path';
import type { Palette } from './palette';
import { element } from './xml';

/** A mark is as wide and high. */
export const MARK_SIZE = 10;

/** `x` and `y` are its top left corner. What is hollow shows the surface, so that it may stand on a border. */
export function holderMark(holder: Holder, x: number, y: number, colours: Palette): string {
  const { tone, mark } = HOLDER_LOOKS[holder];
  const colour = colours[tone];
  return element('path', {
    d: mark.path,
    transform: `translate(${figure(x)},${figure(y)})`,
    fill: mark.hollow ? colours.surface : colour,
    'fill-rule': 'evenodd',
    stroke: mark.hollow ? colour : null,
    'stroke-width': mark.hollow ? 1.4 : null,
  });
}
