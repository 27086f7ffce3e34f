/** The steps of naming, one after the other: one that fails costs the names that it would have found, and no others. */

/** In the order in which they are done; `executable` is read and held against the dump before naming begins. */
export const NAMING_STEPS = [
  'executable',
  'debug information',
  'code',
  'types',
  'malloc headers',
  'variables',
  'goroutines and finalizers',
  'interface words',
  'closures',
  'frames',
  'pools',
  'hash tries',
  'shapes',
  'arrays',
  'maps',
  'channels',
  'strings',
  'labels',
] as const;
export type NamingStep = (typeof NAMING_STEPS)[number];

/** Reads outside of what is there, and values that are not what they should be: a dump or a layout that is not as the version says. */
export function isMisreading(error: unknown): error is RangeError | TypeError {
  return error instanceof RangeError || error instanceof TypeError;
}

export class Steps {
  /** What failed, in sentences. */
  readonly failures: string[] = [];

  /**
   * @param strict no step may fail
   * @param begin hears of each step as it begins
   */
  constructor(
    private readonly strict: boolean,
    readonly begin: (step: NamingStep) => void,
  ) {}

  /** Runs a step. Rejects with what is no misreading: cancelled, out of memory, a file that cannot be read. */
  async run(of: NamingStep, step: () => void | Promise<void>): Promise<void> {
    this.begin(of);
    try {
      await step();
    } catch (error) {
      if (this.strict || !isMisreading(error)) throw error;
      this.failures.push(
        `Naming by ${of} stopped half-way: ${error.message}. What only they would name has no name; the rest is not touched by it.`,
      );
    }
  }
}
