import { holderWords } from '../../../../workers/api';
import type { CycleGraph, CycleShapeRow } from '../../../../workers/api';
import { go } from '../../state/navigation';
import { places } from '../../state/place';
import { copyText } from '../../ui/copy';
import { formatBytes, formatCount, counted } from '../../ui/format';
import { MenuHead, MenuItem, MenuLine } from '../../ui/ObjectMenu';

/** What can be done with a shape of cycles. */
export function ShapeMenu({ shape, graph }: { shape: CycleShapeRow; graph: CycleGraph }) {
  return (
    <>
      <MenuHead>{counted(shape.count, 'cycle')} of one shape</MenuHead>
      <MenuItem
        onChoose={() => {
          go(places.cyclesLike(shape.first, graph));
        }}
      >
        Its cycles
      </MenuItem>
      <MenuItem
        onChoose={() => {
          go(places.cycle(shape.largest));
        }}
      >
        The largest, cycle {formatCount(shape.largest)}
      </MenuItem>
      <MenuItem
        onChoose={() => {
          go(places.cycle(shape.largest, 'free'));
        }}
      >
        What lets go of it
      </MenuItem>
      <MenuLine />
      <MenuItem onChoose={() => void copyText(shapeMarkdown(shape), 'The shape')}>Copy as Markdown</MenuItem>
    </>
  );
}

/** One shape as a line of Markdown, to paste into an issue. */
function shapeMarkdown(shape: CycleShapeRow): string {
  const largest = `the largest, cycle ${shape.largest}, retains ${formatBytes(shape.largestBytes)}`;
  return `${counted(shape.count, 'cycle')} (held by ${holderWords(shape.holder)}), retaining ${formatBytes(shape.retainedBytes)}, ${largest}: ${shape.shape}`;
}
