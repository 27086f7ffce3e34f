/** A value that is computed on first use and then kept. Callers that ask while it is being computed share the run. */
import { Ticket } from './ticket';

export class Once<T> {
  private run: { ticket: Ticket; value: Promise<T> } | null = null;

  /** `isKept`: a value that it refuses is given to those who asked for it, and computed anew for the next. */
  constructor(
    private readonly compute: (ticket: Ticket) => Promise<T>,
    private readonly isKept: (value: T) => boolean = () => true,
  ) {}

  /**
   * Rejects as the computation does; then nothing is kept, and the next caller starts afresh. Rejects with `TaskInTask` inside a task of the
   * request, even where the value is there already: that it is would be luck.
   */
  async get(ticket: Ticket): Promise<T> {
    ticket.refuseInTask();
    // a run whose ticket is cancelled is about to fail: who comes after the cancelling must not share it
    if (this.run && !this.run.ticket.cancelled) return this.run.value;
    const run = { ticket, value: this.compute(ticket) };
    this.run = run;
    const forget = () => {
      if (this.run === run) this.run = null;
    };
    run.value.then((value) => {
      // a finished value outlives the ticket it was computed for
      if (this.isKept(value)) run.ticket = new Ticket(() => false);
      else forget();
    }, forget);
    return run.value;
  }

  /** Calls `use` with the value, now or when it is there; not at all where it is not asked for or fails. */
  whenDone(use: (value: T) => void): void {
    void this.run?.value.then(use, () => undefined);
  }
}
