import { useEffect } from 'react';
import { openDump, useDump } from './state/dump';

/** A file dropped anywhere is opened where the host can read it; nowhere does the browser leave the window for it. */
export function useWindowDrop(): void {
  useEffect(() => {
    const allow = (event: DragEvent): void => {
      event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      const file = event.dataTransfer?.files.item(0) ?? null;
      const path = file === null ? null : (useDump.getState().host?.pathOfDropped(file) ?? null);
      if (path !== null) void openDump(path);
    };
    addEventListener('dragover', allow);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', allow);
      removeEventListener('drop', drop);
    };
  }, []);
}
