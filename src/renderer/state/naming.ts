/** Where the names of the open dump stand. */
import { useDump } from './dump';
import { namesNow, type NamesNow } from './names-now';

/** Follows how far names are. */
export function useNamesNow(): NamesNow {
  const status = useDump((state) => state.status);
  const generation = useDump(({ stage }) => (stage.name === 'open' ? stage.generation : 0));
  return namesNow(status, generation);
}
