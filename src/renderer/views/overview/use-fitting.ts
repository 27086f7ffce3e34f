import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { ROW_PX } from '../../ui/table/use-row-window';

/** How many whole rows fit into an element as high as its surroundings make it; at least two. */
export function useFitting<Kind extends HTMLElement>(): [RefObject<Kind | null>, number] {
  const ref = useRef<Kind>(null);
  const [rows, setRows] = useState(4);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      setRows(Math.max(Math.floor(element.clientHeight / ROW_PX), 2));
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  return [ref, rows];
}
