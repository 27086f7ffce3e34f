/**
 * Runs long work in slices, one task at a time, and one more behind them. Between slices messages get in: questions that need no work are
 * answered, and a wish to stop is heard. A slice ends at the first yield after SLICE_MS, which is far below the second that cancelling may take.
 */
import { EngineError } from '../../api/errors';
import { driveWith, type Work } from '../../lib/work';
import type { SessionHost } from './host';

const SLICE_MS = 20;

/** Drawn when a request comes in; all tickets drawn before a `cancel` are cancelled by it. */
export interface Ticket {
  readonly cancelled: boolean;
}

export class TaskRunner {
  private current = { cancelled: false };
  private last: Promise<unknown> = Promise.resolve();
  /** Tasks that have not ended. */
  private unfinished = 0;
  private behind: Promise<unknown> = Promise.resolve();

  constructor(private readonly host: Pick<SessionHost, 'pause' | 'now'>) {}

  /** The ticket for a request that comes in now. */
  draw(): Ticket {
    return this.current;
  }

  /** Cancels every request so far: running work is abandoned at its next pause, waiting work is not begun. */
  cancel(): void {
    this.current.cancelled = true;
    this.current = { cancelled: false };
  }

  /** Runs a task once those asked for before it have ended. Rejects with `Cancelled` when its ticket is. Tasks must not ask for tasks. */
  run<T>(ticket: Ticket, task: () => Promise<T>): Promise<T> {
    this.unfinished++;
    const turn = this.last.then(() => attempt(ticket, task)).finally(() => this.unfinished--);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Runs a task behind all others: it goes on when none of them is left, and gives way at the next end of a slice. Such tasks follow each other;
   * `checkpoint` is what they call instead of the runner's. Rejects as `run` does.
   */
  runBehind<T>(ticket: Ticket, task: (checkpoint: () => Promise<void> | undefined) => Promise<T>): Promise<T> {
    const turn = this.behind
      .then(() => this.standBack())
      .then(() => attempt(ticket, () => task(this.checkpoint(ticket, () => this.standBack()))));
    this.behind = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves once everything asked for so far has ended. */
  async settled(): Promise<void> {
    await Promise.all([this.last, this.behind]);
  }

  /** Lets messages in, and all that they ask for go first. */
  private async standBack(): Promise<void> {
    await this.host.pause();
    while (this.unfinished > 0) await this.last;
  }

  /** Drives work to its end, a slice at a time; `onStep` hears how far it is. */
  drive<T>(ticket: Ticket, work: Work<T>, onStep: (steps: number) => void = () => undefined): Promise<T> {
    return driveWith(this.checkpoint(ticket), work, onStep);
  }

  /** For work that is no generator: called now and then, it pauses when a slice is over. The pause rejects with `Cancelled`. */
  checkpoint(ticket: Ticket, pause: () => Promise<void> = () => this.host.pause()): () => Promise<void> | undefined {
    let sliceEnd = this.host.now() + SLICE_MS;
    return () => {
      if (this.host.now() < sliceEnd) return undefined;
      return pause().then(() => {
        refuseIfCancelled(ticket);
        sliceEnd = this.host.now() + SLICE_MS;
      });
    };
  }
}

/** What was cancelled ends as cancelled, whatever it came to: its file may have been closed under it. */
async function attempt<T>(ticket: Ticket, task: () => Promise<T>): Promise<T> {
  refuseIfCancelled(ticket);
  return task().finally(() => {
    refuseIfCancelled(ticket);
  });
}

export function refuseIfCancelled(ticket: Ticket): void {
  if (ticket.cancelled) throw new EngineError('Cancelled', 'Stopped on request');
}
