/** Where the names of a dump stand, by what the engine said last: those that are shown, or on their way. */
import type { Status } from '../../../workers/api';

export interface NamesNow {
  /** `stopped`: there are none, and none are on their way. */
  state: 'there' | 'coming' | 'stopped';
  /** Share of the way, 0 … 1; null before the engine has told. */
  share: number | null;
  /** What is looked at: `malloc headers`; null before the engine has told. */
  step: string | null;
  /** Names are shown already, and stay until others come. */
  replacing: boolean;
}

/**
 * What the engine said last, beside the generation of the names that are shown. A dump that has just been opened is about to be named: null, and
 * not a word of it yet.
 */
export function namesNow(status: Pick<Status, 'names' | 'phases'> | null, generation: number): NamesNow {
  const replacing = generation > 0;
  const coming = status === null ? !replacing : status.names.running;
  if (!coming) {
    const none = (status?.names.generation ?? generation) === 0;
    return { state: none ? 'stopped' : 'there', share: null, step: null, replacing };
  }
  const phase = status?.phases.find((one) => one.phase === 'name' && !one.finished);
  const share = phase === undefined ? null : phase.done / phase.total;
  return { state: 'coming', share, step: phase?.part ?? null, replacing };
}
