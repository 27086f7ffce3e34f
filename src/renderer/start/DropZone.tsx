import { useState } from 'react';
import type { ReactNode } from 'react';

/** Shows where a file may be dropped; the window takes it, here as anywhere. */
export function DropZone({ children }: { children: ReactNode }) {
  const [over, setOver] = useState(false);
  return (
    <div
      className={over ? 'drop drop-over' : 'drop'}
      onDragOver={() => {
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={() => {
        setOver(false);
      }}
    >
      {children}
    </div>
  );
}
