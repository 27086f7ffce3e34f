import type { CycleRow } from '../../../workers/api';
import { shortGoName } from '../ui/format';
import './through.css';

type OnCycle = Pick<CycleRow, 'through'>;

/** What lies on a cycle besides objects, before what it is made of: it is short, and says most. */
export function Through({ row }: { row: OnCycle }) {
  return throughWords(row).map((words) => (
    <span key={words} className="cycle-through">
      {shortGoName(words)} ·{' '}
    </span>
  ));
}

/** `through main.cache, goroutine 7 (main.serve)`; nothing where only objects lie on it. */
export function throughWords({ through }: OnCycle): string[] {
  return through.length === 0 ? [] : [`through ${through.join(', ')}`];
}
