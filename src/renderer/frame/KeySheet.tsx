import { Dialog } from 'radix-ui';
import { showKeys, useFrameState } from './frame-state';
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
              <div key={keys}>
                <dt>
                  <kbd>{keys}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <p className="secondary">On a Mac, ⌘ stands for Ctrl.</p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
