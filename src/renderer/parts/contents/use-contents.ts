/** The contents of an object as a table's rows: windows of bytes, fetched as they come into sight. */
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Address, Contents } from '../../../../workers/api';
import { useCache } from '../../state/dump';
import type { RowSource } from '../../ui/table/row-source';
import { WINDOW } from './contents';

/**
 * `size` is what the first answer says, so it is null before. `lineBytes` must divide WINDOW. `missing` is why there is nothing to show.
 */
export function useContents<Row>(
  address: Address,
  lineBytes: number,
  rowAt: (contents: Contents, offset: number) => Row | undefined,
): { source: RowSource<Row>; missing: string | null } {
  const cache = useCache();
  const [[from, to], setSight] = useState<[number, number]>([0, 0]);
  useSyncExternalStore(cache.subscribe, cache.version);

  const windows = [0];
  for (let window = Math.max(from, 1); window <= to; window++) windows.push(window);
  const asked = (window: number): [Address, number, number] => [address, window * WINDOW, WINDOW];
  const wanted = `${cache.generation()}:${address} ${windows.join()}`;
  useEffect(() => {
    for (const window of windows) cache.want('contents', asked(window));
    // `wanted` stands for the address, the windows and how new the answers must be.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cache, wanted]);

  const show = useCallback(
    (first: number, last: number) => {
      const windowOf = (row: number): number => Math.floor((row * lineBytes) / WINDOW);
      const sight: [number, number] = [windowOf(first), windowOf(last)];
      setSight((before) => (before[0] === sight[0] && before[1] === sight[1] ? before : sight));
    },
    [lineBytes],
  );
  const head = cache.peek('contents', asked(0));
  const failed = windows.find((window) => cache.peek('contents', asked(window)).state === 'failed');
  return {
    missing: head.value?.missing ?? null,
    source: {
      total: head.value === null ? null : Math.ceil(head.value.size / lineBytes),
      whole: head.value === null ? null : Math.ceil(head.value.size / lineBytes),
      bytes: null,
      at: (index) => {
        const offset = index * lineBytes;
        const { value } = cache.peek('contents', asked(Math.floor(offset / WINDOW)));
        return value === null ? undefined : rowAt(value, offset);
      },
      loaded: [],
      stale: false,
      error: failed === undefined ? null : cache.peek('contents', asked(failed)).error,
      retry: () => {
        if (failed !== undefined) cache.retry('contents', asked(failed));
      },
      show,
    },
  };
}
