import { ContextMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

/** Something on screen of which the right button and the menu key show what can be done with it. */
export function WithMenu({ menu, children }: { menu: ReactNode; children: ReactElement }) {
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu" collisionPadding={8}>
          {menu}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
