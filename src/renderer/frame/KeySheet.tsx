import { Dialog } from 'radix-ui';
import { showKeys, useFrameState } from './frame-state';
import { LINES } from '../views/registry';
import { KEYS } from './use-keys';

/** The keys of the window on one sheet. */
export function KeySheet() {
  const open = useFrameState((state) => state.keySheet);
  return (
    <Dialog.Root open={open} onOpenChange={showKeys}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="dialog key-sheet" aria-describedby={undefined}>
          <Dialog.Title>Keys</Dialog.Title>
          <dl>
            {KEYS.map(({ keys, does }) => (
              <KeyLine key={keys} keys={keys} does={does} />
            ))}
            {LINES.map(({ key, word }) => (
              <KeyLine key={key} keys={`G ${key.toUpperCase()}`} does={word} />
            ))}
          </dl>
          <p className="secondary">On a Mac, ⌘ stands for Ctrl.</p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function KeyLine({ keys, does }: { keys: string; does: string }) {
  return (
    <div>
      <dt>
        <kbd>{keys}</kbd>
      </dt>
      <dd>{does}</dd>
    </div>
  );
}
