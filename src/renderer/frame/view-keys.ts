/** The keys of the views: `G`, then the letter of one. */
import { go } from '../state/navigation';
import { LINES } from '../views/registry';

/** Milliseconds that the letter may come after the `G`. */
const PATIENCE = 1500;

/** A handler that remembers whether `G` was the key before. It returns whether the key was one of its own. */
export function viewKeys(): (event: Pick<KeyboardEvent, 'key' | 'timeStamp'>) => boolean {
  let begun = -Infinity;
  return ({ key, timeStamp }) => {
    const letter = key.toLowerCase();
    const line = timeStamp - begun <= PATIENCE ? LINES.find((entry) => entry.key === letter) : undefined;
    begun = line === undefined && letter === 'g' ? timeStamp : -Infinity;
    if (line !== undefined) go(line.place());
    return line !== undefined || letter === 'g';
  };
}
