/** Runs analyses as phases: each in its turn, sliced, with progress that others can look at. */
import type { Phase, PhaseProgress } from '../../api/session';
import { driveWith, SLICE_MASK, type Work } from '../../lib/work';
import type { Meter, ProgressLog } from './progress-log';
import type { TaskRunner, Ticket } from './task-runner';

/** Steps that a yield of long work stands for. */
const STEPS_PER_YIELD = SLICE_MASK + 1;

/** What a task of several parts has at hand. */
export interface PartTools {
  readonly meter: Pick<Meter, 'update'>;
  checkpoint(): Promise<void> | undefined;
  drive<T>(work: Work<T>): Promise<T>;
}

export class Phases {
  constructor(
    private readonly runner: TaskRunner,
    private readonly log: ProgressLog,
    private readonly objectCount: number,
  ) {}

  /**
   * Runs work as a phase. `steps` is how many it takes for each of `count` objects, roughly: progress is told in objects, and stands at the
   * last one where the work takes longer.
   */
  run<T>(
    ticket: Ticket,
    phase: Phase,
    steps: number,
    begin: () => Work<T>,
    count: number = this.objectCount,
  ): Promise<T> {
    return this.runner.run(ticket, async () => {
      const meter = this.log.begin(phase, 'objects', count);
      let yields = 0;
      const advance = () => {
        meter.update(Math.floor((++yields * STEPS_PER_YIELD) / steps));
      };
      return endingWith(meter, this.runner.drive(ticket, begin(), advance));
    });
  }

  /** Runs something of several parts as a phase, behind all questions; the task tells its meter how many are done, and what runs now. */
  runPartsBehind<T>(
    ticket: Ticket,
    phase: Phase,
    unit: PhaseProgress['unit'],
    parts: number,
    task: (tools: PartTools) => Promise<T>,
  ): Promise<T> {
    return this.runner.runBehind(ticket, (checkpoint) => {
      const meter = this.log.begin(phase, unit, parts);
      return endingWith(meter, task({ meter, checkpoint, drive: (work) => driveWith(checkpoint, work) }));
    });
  }

  /** Runs work that is too short to be worth a phase. */
  runQuietly<T>(ticket: Ticket, begin: () => Work<T>): Promise<T> {
    return this.runner.run(ticket, () => this.runner.drive(ticket, begin()));
  }

  /** Runs what is no generator but calls a checkpoint now and then. */
  runChecked<T>(ticket: Ticket, task: (checkpoint: () => Promise<void> | undefined) => Promise<T>): Promise<T> {
    return this.runner.run(ticket, () => task(this.runner.checkpoint(ticket)));
  }

  /** Runs something that drives several pieces of work and reads the file between them. */
  runTask<T>(
    ticket: Ticket,
    task: (drive: <R>(work: Work<R>) => Promise<R>, checkpoint: () => Promise<void> | undefined) => Promise<T>,
  ): Promise<T> {
    return this.runner.run(ticket, () =>
      task((work) => this.runner.drive(ticket, work), this.runner.checkpoint(ticket)),
    );
  }
}

/** Marks a phase finished when its work is, and takes it out of the log when the work fails. */
async function endingWith<T>(meter: Meter, work: Promise<T>): Promise<T> {
  try {
    const result = await work;
    meter.finish();
    return result;
  } catch (error) {
    meter.abandon();
    throw error;
  }
}
