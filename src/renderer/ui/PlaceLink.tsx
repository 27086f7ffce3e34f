import type { MouseEvent, ReactNode } from 'react';
import { go } from '../state/navigation';
import type { Place } from '../state/place';
import { placeToHash } from '../state/place-url';

interface PlaceLinkProps {
  to: Place;
  children: ReactNode;
  className?: string | undefined;
  title?: string | undefined;
  'aria-current'?: 'page' | undefined;
  'aria-label'?: string | undefined;
}

/** A link to a place: a real one, so that the middle button, "copy link" and the status line of the browser do what they always do. */
export function PlaceLink({ to, children, ...attributes }: PlaceLinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    go(to);
  };
  return (
    <a href={placeToHash(to)} onClick={follow} {...attributes}>
      {children}
    </a>
  );
}
