import { useEffect } from 'react';
import { baseName, useOpenDump } from '../state/dump';
import type { Place, ViewName } from '../state/place';

const VIEW_WORDS: Record<ViewName, string> = {
  overview: 'Overview',
  findings: 'Findings',
  shapes: 'Cycles',
  cycles: 'Cycles',
  cycle: 'Cycle',
  types: 'Types',
  objects: 'Objects',
  object: 'Object',
  dominators: 'Dominators',
  goroutines: 'Goroutines',
  goroutine: 'Goroutine',
  roots: 'Roots',
  closures: 'Closures',
  pools: 'Pools',
  pool: 'Pool',
};

/** Names the window, its tab and its entry in the browser's history after the place and the dump. */
export function useTitle(place: Place): void {
  const { file } = useOpenDump();
  const what = 'id' in place ? ` ${place.id}` : 'address' in place ? ` ${place.address}` : '';
  const title = `${VIEW_WORDS[place.view]}${what} · ${baseName(file)} · Heapknot`;
  useEffect(() => {
    document.title = title;
    return () => {
      document.title = 'Heapknot';
    };
  }, [title]);
}
