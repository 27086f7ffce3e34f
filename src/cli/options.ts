/** Options that several commands share, and how their values are read. */
import { Command, InvalidArgumentError } from 'commander';
import type { Address, Filters, Sort } from '../../workers/api';
import { UsageError } from './exit';
import type { Io } from './io';

/** Options of every command that opens a dump. */
export interface DumpOptions {
  json: boolean;
  quiet: boolean;
  color: boolean;
  strict: boolean;
  /** The executable; false where none is to be looked for. */
  exe?: string | false;
  /** A file of names for types that the dump only tells apart. */
  names?: string;
}

/** Options of every command that lists rows. */
export interface ListOptions extends DumpOptions {
  limit?: number;
  sort?: string;
  filter: string[];
}

/** Rows of a list where no `--limit` is given: a screenful for a person, the contract's hundred for a program. */
const TABLE_ROWS = 25;
const JSON_ROWS = 100;

/** How many rows to list. `Infinity` for `--limit all`. */
export function limitOf(options: { json: boolean; limit?: number }): number {
  return options.limit ?? (options.json ? JSON_ROWS : TABLE_ROWS);
}

/** A subcommand that opens a dump, with the options that all of them share. `examples` are whole command lines. */
export function dumpCommand(name: string, description: string, examples: readonly string[]): Command {
  return new Command(name)
    .description(description)
    .argument('<file>', 'a heap dump written by runtime/debug.WriteHeapDump')
    .option('--json', 'answer in JSON (see schemas/)', false)
    .option('--strict', 'refuse a dump that is not whole (exit 3)', false)
    .option('--quiet', 'no progress and no warnings', false)
    .option('--no-color', 'no colours; NO_COLOR in the environment does the same')
    .option('--exe <file>', 'take names from this executable (default: NAME, NAME.bin or NAME.exe beside NAME.heap)')
    .option('--names <file>', 'call types that the dump only tells apart by the names in this file (see identities)')
    .option('--no-exe', 'do not look for the executable beside the dump')
    .addHelpText('after', `\nExamples:\n${examples.map((line) => `  $ ${line}`).join('\n')}`);
}

/** Adds `--limit`. */
export function withLimit(command: Command): Command {
  return command.option(
    '--limit <n|all>',
    `rows to list (default: ${TABLE_ROWS}, with --json ${JSON_ROWS})`,
    countOrAll,
  );
}

/** Adds `--limit`, `--sort` and `--filter` for a list with these columns. */
export function withList(command: Command, columns: readonly string[], defaultSort: string): Command {
  return withLimit(command)
    .option('--sort <column>', `order: ${columns.join(', ')}; with :asc or :desc behind it (default: ${defaultSort})`)
    .option(
      '--filter <column=condition>',
      'only rows with text, /regex/, >1MB, <=64, =48, 1KiB..2MiB, 1%..10% in that column; may be repeated',
      repeated,
      [],
    );
}

/** For options that may be given several times. */
export function repeated(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** The same for whole numbers. */
export function repeatedNumber(value: string, before: readonly number[]): number[] {
  return [...before, wholeNumber(value)];
}

/** `12` or `all`; the latter is Infinity. */
export function countOrAll(text: string): number {
  return text === 'all' ? Infinity : wholeNumber(text);
}

/** `0`, `12`; anything else is a usage error. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

const BYTES_OF: Record<string, number> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
};

/** `4096`, `64KiB`, `1.5MB`: as in filters, `k` is a thousand and `Ki` 1024. */
export function byteSize(text: string): number {
  const match = /^(\d{1,15}(?:\.\d+)?)([kmg]i?)?b?$/i.exec(text);
  if (!match) throw new InvalidArgumentError('Expected a size like 4096, 64KiB or 1MB.');
  return Number(match[1]) * BYTES_OF[(match.at(2) ?? '').toLowerCase()];
}

/** Columns whose natural order is smallest first; all others are amounts, largest first. */
const ASCENDING = [
  'id',
  'name',
  'new',
  'function',
  'captured',
  'type',
  'address',
  'state',
  'entry',
  'top',
  'class',
  'shape',
  'kind',
  'target',
  'held',
];

/** Reads `--sort retained`, `--sort size:asc`. */
export function readSort<Column extends string>(
  text: string | undefined,
  columns: readonly Column[],
  fallback: Column,
): Sort<Column> {
  const parts = (text ?? fallback).split(':');
  const [name] = parts;
  const direction = parts.at(1);
  const column = columns.find((candidate) => candidate === name);
  if (column === undefined) throw new UsageError(`--sort: no column “${name}”; there are ${columns.join(', ')}`);
  if (direction !== undefined && direction !== 'asc' && direction !== 'desc') {
    throw new UsageError(`--sort: after the colon comes asc or desc, not “${direction}”`);
  }
  return { column, descending: direction === undefined ? !ASCENDING.includes(column) : direction === 'desc' };
}

/** Reads `--filter size=>1MB --filter class=finalizer`; conditions on one column must all hold. */
export function readFilters<Column extends string>(
  texts: readonly string[],
  columns: readonly Column[],
): Filters<Column> {
  const filters: Filters<Column> = {};
  for (const text of texts) {
    const at = text.indexOf('=');
    const column = columns.find((candidate) => candidate === text.slice(0, at));
    if (at < 0 || column === undefined) {
      throw new UsageError(`--filter: “${text}” is not COLUMN=CONDITION; columns are ${columns.join(', ')}`);
    }
    const condition = text.slice(at + 1);
    const before = filters[column];
    Object.assign(filters, { [column]: before === undefined ? condition : `${before} ${condition}` });
  }
  return filters;
}

const ADDRESS = /^0[xX]0*([0-9a-fA-F]{1,16})$/;

/** Reads `0xC000123456` as an address of the wire: lower case, no leading zeros. */
export function readAddress(text: string): Address {
  const digits = ADDRESS.exec(text)?.[1];
  if (digits === undefined) {
    throw new UsageError(`“${text}” is not an address; write hexadecimal digits after 0x, for example 0xc000123456`);
  }
  return `0x${digits.toLowerCase()}`;
}

/** The addresses as given, with those of standard input in the place of each `-`. */
export async function readAddressArguments(io: Io, given: readonly string[]): Promise<string[]> {
  if (!given.includes('-')) return [...given];
  const input = (await io.readInput()).split(/\s+/).filter((word) => word !== '');
  return given.flatMap((argument) => (argument === '-' ? input : [argument]));
}
