/** What the view on screen can export: it offers, the toolbar's menu shows. */
import { useEffect } from 'react';
import { create } from 'zustand';

/** One entry of the toolbar's export menu. */
export interface ExportEntry {
  label: string;
  run: () => void | Promise<void>;
}

interface Exports {
  entries: readonly ExportEntry[];
}

/** The exports on offer at this moment. */
export const useExportEntries = create<Exports>(() => ({ entries: [] }));

/** Offers a view's exports in the toolbar while it is on screen. `entries` must be stable between renderings (useMemo). */
export function useExports(entries: readonly ExportEntry[]): void {
  useEffect(() => {
    useExportEntries.setState({ entries });
    return () => {
      useExportEntries.setState({ entries: [] });
    };
  }, [entries]);
}
