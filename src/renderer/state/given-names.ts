/** Names that the person gives to types which the dump only tells apart: kept by the browser for each dump, told to the engine when it opens. */
import { engineErrorName, MAX_PAGE, readGivenNames, writeGivenNames } from '../../../workers/api';
import type { AnalysisSession, GivenNames, IdentityRow, Summary } from '../../../workers/api';

type Session = Pick<AnalysisSession, 'giveNames' | 'identities'>;

/** Tells the engine the names that are kept for a dump. One that does not take them opens the dump without. */
export async function restoreNames(session: Session, summary: Summary): Promise<void> {
  const names = keptFor(summary);
  if (Object.keys(names).length > 0) await session.giveNames(names).catch(() => undefined);
}

/** Every identity of the open dump, with the name that it has. */
export async function allIdentities(session: Session): Promise<IdentityRow[]> {
  const rows: IdentityRow[] = [];
  for (;;) {
    const page = await session.identities({ offset: rows.length, limit: MAX_PAGE });
    rows.push(...page.rows);
    if (rows.length >= page.total || page.rows.length === 0) return rows;
  }
}

/** Adds names to those there are, and keeps them for the dump; '' takes a name away. Resolves with the addresses that are no identity of it. */
export async function addNames(session: Session, summary: Summary, names: GivenNames): Promise<string[]> {
  const all = { ...namesIn(await allIdentities(session)), ...names };
  const given = Object.fromEntries(Object.entries(all).filter(([, name]) => name !== ''));
  const unknown = await session.giveNames(given);
  keep(summary, namesIn(await allIdentities(session)));
  return unknown;
}

/** Reads a file of names and adds them; says what became of it. Rejects with a message for a person. */
export async function importNames(session: Session, summary: Summary, file: File): Promise<string> {
  const names = readGivenNames(await file.text(), file.name);
  const unknown = await addNames(session, summary, names);
  const used = Object.keys(names).length - unknown.length;
  const others = unknown.length === 0 ? '' : ` ${unknown.length} are for no type of this dump.`;
  return `${used} ${used === 1 ? 'type is' : 'types are'} called by the names of ${file.name}.${others}`;
}

/** The file of the names there are; null where there are none. */
export async function exportNames(session: Session): Promise<string | null> {
  const names = namesIn(await allIdentities(session));
  return Object.keys(names).length === 0 ? null : writeGivenNames(names);
}

/** The identity that a label's text mentions, alone or inside another type; null where there is none. */
export function identityIn<Row extends Pick<IdentityRow, 'words' | 'name'>>(
  text: string,
  rows: readonly Row[],
): Row | null {
  return rows.find((row) => mentions(text, row)) ?? null;
}

function mentions(text: string, { words, name }: Pick<IdentityRow, 'words' | 'name'>): boolean {
  const called = name === null ? [words, words.replace(/^what (.*) points at/, '$1')] : [name];
  // #1 is no mention in #12, nor main.Node in main.Nodes
  return called.some((one) => new RegExp(`(?<![\\w./])${escaped(one)}(?![\\w.])`).test(text));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function namesIn(rows: readonly IdentityRow[]): GivenNames {
  return Object.fromEntries(rows.flatMap(({ identity, name }) => (name === null ? [] : [[identity, name]])));
}

/** What tells a dump from any other: its size, who wrote it, and what the runtime had counted at that moment, to the nanosecond. */
function keyOf({ dump, heap, memstats }: Summary): string {
  const counted = ['LastGC', 'TotalAlloc', 'Mallocs'].map((name) => memstats?.[name] ?? 0);
  const facts = [dump.bytes, dump.goVersion, dump.architecture, heap.objects, heap.bytes, ...counted];
  return `heapknot.names ${facts.join(' ')}`;
}

function keptFor(summary: Summary): GivenNames {
  try {
    const text = localStorage.getItem(keyOf(summary));
    return text === null ? {} : readGivenNames(text, 'the browser');
  } catch {
    return {};
  }
}

/** A browser may refuse storage; then names last as long as the engine has the dump open. */
function keep(summary: Summary, names: GivenNames): void {
  try {
    if (Object.keys(names).length === 0) localStorage.removeItem(keyOf(summary));
    else localStorage.setItem(keyOf(summary), writeGivenNames(names));
  } catch {
    return;
  }
}

/** Why names were not taken, in words for the person. */
export function whyNot(error: unknown): string {
  const known = engineErrorName(error);
  return error instanceof Error && known !== null ? error.message : 'The names could not be given.';
}
