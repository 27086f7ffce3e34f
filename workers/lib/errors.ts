/**
 * Errors that reach a person. They are told apart by `name`, which alone survives a wire; the names are those of the
 * engine's interface. Every message says what went wrong, where, and what to do.
 */

/** The input is no heap dump, or not even its parameters are whole. */
export class NotADump extends Error {
  override readonly name = 'NotADump';
}

/** The file could not be read: missing, no permission, an I/O error. */
export class CannotRead extends Error {
  override readonly name = 'CannotRead';
}

/** An array could not be had; the message names it, its size and the limit. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory';
}
