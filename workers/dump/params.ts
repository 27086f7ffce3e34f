/** The params record: what machine and which Go wrote the dump. Without it nothing else can be read. */
import { readGoVersion } from '../go/version';
import { Damage } from './damage';
import type { DumpParams } from './records';
import type { Window } from './window';

/** Architectures that the go1.5 and go1.6 formats write as the letter of their compiler. */
const LETTERS: Record<string, string> = {
  '5': 'arm',
  '6': 'amd64',
  '7': 'arm64',
  '8': '386',
  '9': 'ppc64',
  '0': 'mips64',
  z: 's390x',
};

/** Addresses are doubles, exact below this: enough for Linux, Windows and macOS, not for AIX and Solaris. */
const HIGHEST_ADDRESS = 2 ** 53;

export function readParams(w: Window, header: number): DumpParams {
  const bigEndian = w.bool();
  const pointerAt = w.offset;
  const pointerBytes = w.uvarint();
  if (pointerBytes !== 4 && pointerBytes !== 8)
    throw new Damage(pointerAt, 'a pointer size of 4 or 8', `${pointerBytes}`);
  const arenaAt = w.offset;
  const arenaStart = w.uvarint();
  const arenaEnd = w.uvarint();
  if (arenaEnd < arenaStart)
    throw new Damage(arenaAt, 'a heap that ends after it begins', `${arenaStart} … ${arenaEnd}`);
  if (arenaEnd > HIGHEST_ADDRESS) throw new Damage(arenaAt, 'heap addresses below 2^53', `0x${arenaEnd.toString(16)}`);
  const architecture = header < 7 ? letterOrText(w) : w.text();
  const go = readGoVersion(w.text(), header);
  return { bigEndian, pointerBytes, arenaStart, arenaEnd, architecture, go, cpus: w.uvarint(), header };
}

/** A text of up to nine letters and digits, or a number that is the code of a letter. */
function letterOrText(w: Window): string {
  const start = w.at;
  const code = w.uvarint();
  const letter = code < 128 ? LETTERS[String.fromCharCode(code)] : undefined;
  if (letter !== undefined) return letter;
  w.at = start;
  return w.text();
}
