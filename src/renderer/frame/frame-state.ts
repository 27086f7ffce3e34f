/** What is open over the window, and what the view on screen can export. Not part of the place: a link never opens a dialog. */
import { useEffect } from 'react';
import { create } from 'zustand';

/** One entry of the toolbar's export menu. */
export interface ExportEntry {
  label: string;
  run: () => void | Promise<void>;
}

interface FrameState {
  /** `address`: the palette as Ctrl+G opens it. */
  palette: 'closed' | 'anything' | 'address';
  keySheet: boolean;
  exports: readonly ExportEntry[];
}

export const useFrameState = create<FrameState>(() => ({ palette: 'closed', keySheet: false, exports: [] }));

export function openPalette(palette: 'anything' | 'address'): void {
  useFrameState.setState({ palette });
}

export function closePalette(): void {
  useFrameState.setState({ palette: 'closed' });
}

export function showKeys(keySheet: boolean): void {
  useFrameState.setState({ keySheet });
}

/** Offers a view's exports in the toolbar while it is on screen. `entries` must be stable between renderings (useMemo). */
export function useExports(entries: readonly ExportEntry[]): void {
  useEffect(() => {
    useFrameState.setState({ exports: entries });
    return () => {
      useFrameState.setState({ exports: [] });
    };
  }, [entries]);
}

/** Hands a text to the browser as a file to save. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken the URL by then.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}
