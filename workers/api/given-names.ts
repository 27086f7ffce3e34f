/** The file of names that a person has given to types of one dump: written by the window, read by the window and the command line. */
import { EngineError } from './errors';
import type { Address } from './values';
import { isRecord } from './is-record';

const GIVEN_NAMES_SCHEMA = 'heapknot/given-names/1';

/** Stands behind a text of a label that has such a name in it. */
export const NAMED_BY_HAND = ' (named by hand)';

/** identity → the name of what that pointer type points at */
export type GivenNames = Record<Address, string>;

/** The file's text: sorted by address, a name a line, so that it can be committed. */
export function writeGivenNames(names: GivenNames): string {
  const sorted = Object.entries(names).sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  return `${JSON.stringify({ schema: GIVEN_NAMES_SCHEMA, names: Object.fromEntries(sorted) }, null, 2)}\n`;
}

const ADDRESS = /^0x[0-9a-f]{1,16}$/;

/** Reads the file's text. Throws a `CannotRead` that names the file, what is wrong in it and what belongs there. */
export function readGivenNames(text: string, file: string): GivenNames {
  const wrong = (what: string): EngineError => new EngineError('CannotRead', `${file} holds no names: ${what}.`);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw wrong(`it is no JSON (${(error as Error).message})`);
  }
  if (!isRecord(document) || document['schema'] !== GIVEN_NAMES_SCHEMA)
    throw wrong(`its "schema" is not "${GIVEN_NAMES_SCHEMA}"`);
  const { names } = document;
  if (!isRecord(names)) throw wrong('its "names" must be an object of addresses and names');
  for (const [identity, name] of Object.entries(names)) {
    if (!ADDRESS.test(identity)) throw wrong(`“${identity}” is no address such as 0xc000123456`);
    if (typeof name !== 'string') throw wrong(`the name of ${identity} must be a text`);
  }
  return names as GivenNames; // each entry was looked at
}
