import { ContextMenu } from 'radix-ui';
import { holderWords } from '../../../../workers/api';
import type { CycleRow } from '../../../../workers/api';
import { adjust, currentPlace, go } from '../../state/navigation';
import { places, select } from '../../state/place';
import { setFolded } from '../../state/settings';
import { copyText } from '../../ui/copy';
import { formatBytes, formatCount } from '../../ui/format';
import { MenuItem, MenuLine } from '../../ui/ObjectMenu';

/** What can be done with a cycle. */
export function CycleMenu({ cycle }: { cycle: CycleRow }) {
  return (
    <>
      <ContextMenu.Label className="menu-head">cycle {formatCount(cycle.id)}</ContextMenu.Label>
      <MenuItem
        onChoose={() => {
          go(places.cycle(cycle.id));
        }}
      >
        Open
      </MenuItem>
      <MenuItem
        onChoose={() => {
          setFolded(false);
          adjust({ ...select(currentPlace(), { kind: 'cycle', id: cycle.id }), why: 'path' });
        }}
      >
        Why is this alive?
      </MenuItem>
      <MenuItem
        onChoose={() => {
          go(places.memory({ cycle: cycle.id }));
        }}
      >
        What holds its members
      </MenuItem>
      <MenuItem
        onChoose={() => {
          go(places.membersOf(cycle.id));
        }}
      >
        Members
      </MenuItem>
      <MenuItem
        onChoose={() => {
          go(places.cycle(cycle.id, 'entering'));
        }}
      >
        Entering references
      </MenuItem>
      <MenuItem
        onChoose={() => {
          go(places.cycle(cycle.id, 'leaving'));
        }}
      >
        Leaving references
      </MenuItem>
      <MenuLine />
      <MenuItem onChoose={() => void copyText(cycleMarkdown(cycle), 'The cycle')}>Copy as Markdown</MenuItem>
    </>
  );
}

/** One cycle as a line of Markdown, to paste into an issue. */
function cycleMarkdown(cycle: CycleRow): string {
  const sizes = `own ${formatBytes(cycle.ownBytes)}, retains ${formatBytes(cycle.retainedBytes)}`;
  return `cycle ${cycle.id} (held by ${holderWords(cycle.holder)}): ${formatCount(cycle.objects)} objects, ${sizes}: ${cycle.shape}`;
}
