/** What ran for a dump and how far it is, by phase. */
import { PHASES, type Phase, type PhaseProgress } from '../../api/session';

/** One phase under way. */
export interface Meter {
  /** `part`: what of the phase runs now, in words. */
  update(done: number, part?: string): void;
  /** Sets the phase to its end. */
  finish(): void;
  /** The work was given up: the phase leaves the log. */
  abandon(): void;
}

export class ProgressLog {
  private readonly phases = new Map<Phase, PhaseProgress>();

  constructor(private readonly now: () => number) {}

  begin(phase: Phase, unit: PhaseProgress['unit'], total: number): Meter {
    const start = this.now();
    const progress: PhaseProgress = { phase, unit, done: 0, total, elapsedMs: 0, finished: false };
    this.phases.set(phase, progress);
    const advance = (done: number, part?: string) => {
      if (part !== undefined) progress.part = part;
      progress.done = Math.max(progress.done, Math.min(done, total));
      progress.elapsedMs = this.now() - start;
    };
    return {
      update: advance,
      finish: () => {
        advance(total);
        progress.finished = true;
        delete progress.part;
      },
      abandon: () => {
        this.phases.delete(phase);
      },
    };
  }

  /** The phases so far, in the order of PHASES. */
  list(): PhaseProgress[] {
    return PHASES.flatMap((phase) => {
      const progress = this.phases.get(phase);
      return progress ? [{ ...progress }] : [];
    });
  }

  /** The phase that runs now. */
  running(): Phase | null {
    return this.list().find((progress) => !progress.finished)?.phase ?? null;
  }
}
