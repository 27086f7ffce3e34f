/**
 * A ticket stands for one request. It is drawn when the request comes in: a `cancel` ends all that were drawn before it. It also knows whether a
 * task of the request is running now, for a task must not ask for another: it would wait for its own turn, and nothing after it would ever settle.
 */
import { EngineError } from '../../api/errors';

/** A defect of ours: a task asked for a task, or for a value that a task computes. Ask before the task, and hand it the answer. */
class TaskInTask extends Error {
  override readonly name = 'TaskInTask';

  constructor() {
    super(
      'A task asked for another task, for which it would wait for ever: what a task needs is to be asked for before it',
    );
  }
}

export class Ticket {
  private inTask = false;

  constructor(private readonly isCancelled: () => boolean) {}

  get cancelled(): boolean {
    return this.isCancelled();
  }

  /** A ticket of its own that ends with this one, or when `isCancelled` says so. */
  orWhen(isCancelled: () => boolean): Ticket {
    return new Ticket(() => this.cancelled || isCancelled());
  }

  /** Throws `Cancelled` once the ticket is. */
  refuseIfCancelled(): void {
    if (this.cancelled) throw new EngineError('Cancelled', 'Stopped on request');
  }

  /** Throws `TaskInTask` while a task of this request runs. */
  refuseInTask(): void {
    if (this.inTask) throw new TaskInTask();
  }

  /** Runs one task of the request. What was cancelled ends as cancelled, whatever it came to: its file may have been closed under it. */
  async during<T>(task: () => Promise<T>): Promise<T> {
    this.refuseIfCancelled();
    this.inTask = true;
    return task().finally(() => {
      this.inTask = false;
      this.refuseIfCancelled();
    });
  }
}
