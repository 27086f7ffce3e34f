/**
 * Types that a dump alone tells apart without telling their names. Its writer cuts the name of a pointer type with methods to the package and a
 * dot, so what is left is that package and the address of the type, which is the same wherever the dump mentions it.
 */
import type { TypeRecord } from '../../dump/records';

export interface Identity {
  /** Of the pointer type's descriptor, in the dump's address space. */
  address: number;
  packagePath: string;
  /** Which of its package, by address, from 1. */
  nth: number;
}

/** What the dump's records of types know by identity, by address. */
export function identitiesOf(records: readonly TypeRecord[]): Identity[] {
  const counts = new Map<string, number>();
  return records
    .filter(({ name }) => name.endsWith('.'))
    .sort((a, b) => a.address - b.address)
    .map(({ name, address }) => {
      const nth = (counts.get(name) ?? 0) + 1;
      counts.set(name, nth);
      return { address, packagePath: name.slice(0, -1), nth };
    });
}

type Place = Pick<Identity, 'packagePath' | 'nth'>;

/** The pointer type in words: `a pointer type of net/http, #3`. */
export function pointerText({ packagePath, nth }: Place): string {
  return `a pointer type of ${packagePath}, #${nth}`;
}

/** What it points at, in words: `what a pointer type of net/http points at, #3`. */
export function pointedText({ packagePath, nth }: Place): string {
  return `what a pointer type of ${packagePath} points at, #${nth}`;
}

const WORDS = /(what )?a pointer type of (\S+?)( points at)?, #(\d+)/g;

/**
 * A text with names in place of such words, `*` before them where the pointer type is meant. `nameOf` gets the package and the number, and
 * answers null where there is no name.
 */
export function withNames(text: string, nameOf: (place: Place) => string | null): string {
  return text.replace(WORDS, (words, what: string | undefined, packagePath: string, _points: unknown, nth: string) => {
    const name = nameOf({ packagePath, nth: Number(nth) });
    if (name === null) return words;
    return what === undefined ? `*${name}` : name;
  });
}
