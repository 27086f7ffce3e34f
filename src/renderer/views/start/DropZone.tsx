import { useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { openDump, useDump } from '../../state/dump';

/** Takes a dropped file where the host can read it, and says why where it cannot. */
export function DropZone({ children }: { children: ReactNode }) {
  const host = useDump((state) => state.host);
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    const file = event.dataTransfer.files.item(0);
    if (file === null || host === null) return;
    const path = host.pathOfDropped(file);
    if (path === null) setRefused(file.name);
    else void openDump(path);
  };
  return (
    <div
      className={over ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={drop}
    >
      {children}
      {refused !== null && (
        <p className="drop-refused" role="alert">
          A browser does not tell where {refused} lies. Start the server with it: <code>heapknot open {refused}</code>
        </p>
      )}
    </div>
  );
}
