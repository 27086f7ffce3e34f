import { useEffect } from 'react';
import { takeFile } from '../state/given-files';

/** A file dropped anywhere is taken for what it is; nowhere does the browser leave the window for it. */
export function useWindowDrop(): void {
  useEffect(() => {
    const allow = (event: DragEvent): void => {
      event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      const file = event.dataTransfer?.files.item(0) ?? null;
      if (file !== null) void takeFile(file);
    };
    addEventListener('dragover', allow);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', allow);
      removeEventListener('drop', drop);
    };
  }, []);
}
