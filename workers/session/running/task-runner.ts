/**
 * Runs long work in slices, one task at a time, and one more behind them. Between slices messages get in: questions that need no work are
 * answered, and a wish to stop is heard. A slice ends at the first yield after SLICE_MS, which is far below the second that cancelling may take.
 *
 * A task must not ask for a task. What it is given cannot (`TaskTools`), and a request that asks while its task runs is refused with `TaskInTask`.
 */
import { driveWith, type Work } from '../../lib/work';
import type { SessionHost } from './host';
import { Ticket } from './ticket';

const SLICE_MS = 20;

/** All that a task has of the runner: ways to work in slices, none to ask for more. */
export interface TaskTools {
  /** For work that is no generator: called now and then, it pauses when a slice is over. The pause rejects with `Cancelled`. */
  readonly checkpoint: () => Promise<void> | undefined;
  /** Drives work to its end, a slice at a time; `onStep` hears how far it is. */
  readonly drive: <T>(work: Work<T>, onStep?: (steps: number) => void) => Promise<T>;
}

export type Task<T> = (tools: TaskTools) => Promise<T>;

export class TaskRunner {
  private current = { cancelled: false };
  private last: Promise<unknown> = Promise.resolve();
  /** Tasks that have not ended. */
  private unfinished = 0;
  private behind: Promise<unknown> = Promise.resolve();
  /** Questions that have not been answered. */
  private readonly questions = new Set<Promise<unknown>>();

  constructor(private readonly host: Pick<SessionHost, 'pause' | 'now'>) {}

  /** The ticket for a request that comes in now. */
  draw(): Ticket {
    const { current } = this;
    return new Ticket(() => current.cancelled);
  }

  /** Cancels every request so far: running work is abandoned at its next pause, waiting work is not begun. */
  cancel(): void {
    this.current.cancelled = true;
    this.current = { cancelled: false };
  }

  /** Runs a task once those asked for before it have ended. Rejects with `Cancelled` when its ticket is, with `TaskInTask` inside a task of it. */
  async run<T>(ticket: Ticket, task: Task<T>): Promise<T> {
    ticket.refuseInTask();
    this.unfinished++;
    const tools = () => this.tools(ticket, () => this.host.pause());
    const turn = this.last.then(() => ticket.during(() => task(tools()))).finally(() => this.unfinished--);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** Answers a question before anything behind goes on: it may ask for several tasks, with nothing to do in between. It must not wait for what is behind. */
  async ahead<T>(question: () => Promise<T>): Promise<T> {
    const answer = question();
    this.questions.add(answer);
    try {
      return await answer;
    } finally {
      this.questions.delete(answer);
    }
  }

  /**
   * Runs a task behind all others, and behind all questions: it goes on when none of them is left, and gives way at the next end of a slice. Such tasks follow each other.
   * Rejects as `run` does.
   */
  async runBehind<T>(ticket: Ticket, task: Task<T>): Promise<T> {
    ticket.refuseInTask();
    const tools = () => this.tools(ticket, () => this.standBack());
    const turn = this.behind.then(() => this.standBack()).then(() => ticket.during(() => task(tools())));
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
    while (this.unfinished + this.questions.size > 0) await Promise.allSettled([this.last, ...this.questions]);
  }

  /** The tools of a task that begins now. */
  private tools(ticket: Ticket, pause: () => Promise<void>): TaskTools {
    let sliceEnd = this.host.now() + SLICE_MS;
    const checkpoint = () => {
      if (this.host.now() < sliceEnd) return undefined;
      return pause().then(() => {
        ticket.refuseIfCancelled();
        sliceEnd = this.host.now() + SLICE_MS;
      });
    };
    return { checkpoint, drive: (work, onStep) => driveWith(checkpoint, work, onStep) };
  }
}
