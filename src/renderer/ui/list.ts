import type { Filters, Sort } from '../../../workers/api';
import { adjust, go } from '../state/navigation';
import type { Listed, Place } from '../state/place';

/** What a table of a list view changes in its place: sorting is a step to go back from, filtering happens in passing. */
export function listHandlers<Column extends string>(place: Place & Listed<Column>) {
  // The columns are those of the place's own view, which the compiler cannot follow through a spread.
  const changedTo = (changed: Partial<Listed<Column>>): Place => ({ ...place, ...changed }) as Place;
  return {
    sort: place.sort,
    filters: place.filters,
    onSort: (sort: Sort<Column>): void => {
      go(changedTo({ sort }));
    },
    onFilters: (filters: Filters<Column>): void => {
      adjust({ ...changedTo({ filters }), selected: null, path: 0 });
    },
  };
}
