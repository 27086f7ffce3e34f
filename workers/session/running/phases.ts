/** Runs analyses as phases: each in its turn, sliced, with progress that others can look at. */
import type { Phase, PhaseProgress } from '../../api/session';
import { SLICE_MASK, type Work } from '../../lib/work';
import type { Meter, ProgressLog } from './progress-log';
import type { Task, TaskRunner, TaskTools } from './task-runner';
import type { Ticket } from './ticket';

/** Steps that a yield of long work stands for. */
const STEPS_PER_YIELD = SLICE_MASK + 1;

/** What a task of several parts has at hand. */
export interface PartTools extends TaskTools {
  readonly meter: Pick<Meter, 'update'>;
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
    return this.runner.run(ticket, ({ drive }) => {
      const meter = this.log.begin(phase, 'objects', count);
      let yields = 0;
      const advance = () => {
        meter.update(Math.floor((++yields * STEPS_PER_YIELD) / steps));
      };
      return endingWith(meter, drive(begin(), advance));
    });
  }

  /**
   * Runs something that begins a phase when it knows how many parts it has, and again for each round of them; the meters end with it.
   */
  runParts<T>(
    ticket: Ticket,
    phase: Phase,
    unit: PhaseProgress['unit'],
    task: (tools: TaskTools & { begin: (parts: number) => Pick<Meter, 'update'> }) => Promise<T>,
  ): Promise<T> {
    return this.runner.run(ticket, (tools) => {
      let meter = this.log.begin(phase, unit, 0);
      const begin = (parts: number) => (meter = this.log.begin(phase, unit, parts));
      const last: Pick<Meter, 'finish' | 'abandon'> = {
        finish: () => {
          meter.finish();
        },
        abandon: () => {
          meter.abandon();
        },
      };
      return endingWith(last, task({ ...tools, begin }));
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
    return this.runner.runBehind(ticket, (tools) => {
      const meter = this.log.begin(phase, unit, parts);
      return endingWith(meter, task({ ...tools, meter }));
    });
  }

  /** Runs work that is too short to be worth a phase. */
  runQuietly<T>(ticket: Ticket, begin: () => Work<T>): Promise<T> {
    return this.runner.run(ticket, ({ drive }) => drive(begin()));
  }

  /** Runs something that drives several pieces of work, or reads the file between them. */
  runTask<T>(ticket: Ticket, task: Task<T>): Promise<T> {
    return this.runner.run(ticket, task);
  }
}

/** Marks a phase finished when its work is, and takes it out of the log when the work fails. */
async function endingWith<T>(meter: Pick<Meter, 'finish' | 'abandon'>, work: Promise<T>): Promise<T> {
  try {
    const result = await work;
    meter.finish();
    return result;
  } catch (error) {
    meter.abandon();
    throw error;
  }
}
