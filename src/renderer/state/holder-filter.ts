/** The filter of a column of holders that finds one of them and no other: `goroutine`, and not `stuck goroutine`. */
import type { Holder } from '../../../workers/api';

export function holderFilter(holder: Holder): string {
  return `/^${holder}$/`;
}
