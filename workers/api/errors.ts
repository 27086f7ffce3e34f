/**
 * The names that an engine's errors carry across every host. Only `name`, `message` and `stack` survive the wire, so these names are the
 * whole contract and every message is written to be read by a person.
 */
export const ERROR_NAMES = [
  /** The person asked to stop. */
  'Cancelled',
  /** The input is no heap dump, or not even its parameters are whole. The message says what it is. */
  'NotADump',
  /** The file could not be read: missing, no permission, an I/O error. */
  'CannotRead',
  /** An array could not be had; the message names it, its size and the limit. */
  'OutOfMemory',
  /** The request makes no sense: unknown column, unreadable filter, page too large. */
  'BadRequest',
  /** The address, cycle or goroutine asked for is not in this dump. */
  'NotFound',
  /** No dump is open. */
  'NothingOpen',
  /** The engine's process or thread has ended; open the dump again. */
  'EngineGone',
] as const;

export type EngineErrorName = (typeof ERROR_NAMES)[number];

/** An error with one of the names above. */
export class EngineError extends Error {
  constructor(name: EngineErrorName, message: string) {
    super(message);
    this.name = name;
  }
}

/** The engine's name for an error that may have crossed a wire, or null for a defect of ours. */
export function engineErrorName(error: unknown): EngineErrorName | null {
  if (!(error instanceof Error)) return null;
  const name = error.name;
  return ERROR_NAMES.find((known) => known === name) ?? null;
}
