/** How a run ends: the exit codes that scripts rely on, and the errors that lead to them. */
import { engineErrorName } from '../../workers/api';
import type { EngineErrorName } from '../../workers/api';

export const EXIT = {
  answered: 0,
  /** Answered, but the asked address, cycle or goroutine is not in the dump; or what `--fail-on` asks about is. */
  notThere: 1,
  usage: 2,
  unreadable: 3,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command was called in a way that makes no sense; the message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The reader of standard output went away (`heapknot … | head`). Not a failure. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** Ctrl+C came while rows were being written. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

const EXIT_OF_ENGINE_ERROR: Record<EngineErrorName, ExitCode> = {
  Cancelled: EXIT.interrupted,
  NotADump: EXIT.unreadable,
  CannotRead: EXIT.unreadable,
  OutOfMemory: EXIT.unreadable,
  BadRequest: EXIT.usage,
  NotFound: EXIT.notThere,
  NothingOpen: EXIT.unreadable,
  EngineGone: EXIT.unreadable,
};

/** The exit code for an error, and what to tell a person; no message where silence is the right answer. */
export function endOf(error: unknown): { code: ExitCode; message: string | null } {
  if (error instanceof OutputClosed) return { code: EXIT.answered, message: null };
  if (error instanceof Interrupted) return { code: EXIT.interrupted, message: 'interrupted' };
  if (error instanceof UsageError) return { code: EXIT.usage, message: error.message };
  const name = engineErrorName(error);
  if (name === 'Cancelled') return { code: EXIT.interrupted, message: 'interrupted' };
  if (name !== null && error instanceof Error) return { code: EXIT_OF_ENGINE_ERROR[name], message: error.message };
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    code: EXIT.unreadable,
    message: `this is a defect of heapknot; please report it with these lines:\n${details}`,
  };
}
