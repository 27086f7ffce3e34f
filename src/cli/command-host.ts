import type { ExitCode } from './exit';
import type { Io } from './io';

/** What a subcommand gets from the program it is part of. */
export interface CommandHost {
  io: Io;
  /** Hands in the answer under way: the program waits for it and exits with its code. */
  answer(running: Promise<ExitCode>): Promise<void>;
}
