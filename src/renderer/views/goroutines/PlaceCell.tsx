import type { SourcePlace } from '../../../../workers/api';
import { GoName } from '../../ui/figures';
import { SourceName } from '../../ui/SourceName';

/** A function with its line; what the goroutine runs where nothing of its stack is the program's own. */
export function PlaceCell({ place, otherwise }: { place: SourcePlace | null; otherwise: string | null }) {
  if (place !== null) return <SourceName place={place} />;
  return otherwise === null ? (
    <span className="faint">–</span>
  ) : (
    <span className="muted">
      <GoName name={otherwise} />
    </span>
  );
}
