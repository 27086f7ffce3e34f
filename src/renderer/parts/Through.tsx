import type { CycleRow } from '../../../workers/api';
import { shortGoName } from '../ui/format';
import './through.css';

type OnCycle = Pick<CycleRow, 'through'>;

/** What lies on a cycle besides objects, before what it is made of: it is short, and says most. */
export function Through({ row }: { row: OnCycle }) {
  const { through } = row;
  if (through.length === 0) return null;
  const words = through.length > SPELT ? `${through[0]}, …` : through.join(', ');
  return (
    <>
      <span className="cycle-through">through {shortGoName(words)}</span> ·{' '}
    </>
  );
}

/** Names that stand before the census; of more the first, so that there is room for what the cycle is made of. */
const SPELT = 2;

/** `through main.cache, goroutine 7 (main.serve)`; nothing where only objects lie on it. */
export function throughWords({ through }: OnCycle): string[] {
  return through.length === 0 ? [] : [`through ${through.join(', ')}`];
}
