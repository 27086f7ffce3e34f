/** Figures and places as people read them, the same in findings, drawings, tables and pictures. */

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** `192 B`, `28.0 KiB`, `18.3 MiB`: one decimal, and never `1024.0` of a unit. */
export function formatBytes(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (unit < UNITS.length - 1 && value >= (unit === 0 ? 1024 : 1023.95)) {
    value /= 1024;
    unit++;
  }
  return unit === 0 ? `${formatCount(bytes)} B` : `${value.toFixed(1)} ${UNITS[unit]}`;
}

/** Thousands separated by commas, whatever the machine's language is. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 object`, `5,000 objects`, `2 entries`: the plural is given where it is not the word with an s. */
export function counted(count: number, noun: string, nouns = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : nouns}`;
}

/** A part of a whole: `98.7 %`; `0 %` is nothing and `100 %` all, `< 0.1 %` and `> 99.9 %` are what is nearly that, `–` is a part of nothing. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0) return '–';
  const percent = (part / whole) * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  if (percent < 0.05) return '< 0.1 %';
  if (percent < 100 && percent >= 99.95) return '> 99.9 %';
  return `${percent.toFixed(1)} %`;
}

/** `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`, `3 d 4 h` */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${seconds.toFixed(0)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds / 60) % 60)} min`;
  return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds / 3600) % 24)} h`;
}

/** `≥ 2 min 25 s`, `≥ 3 ms` of nanoseconds between collections that saw a goroutine wait; empty where they do not tell. */
export function waitedWords(nanoseconds: number | null): string {
  if (nanoseconds === null) return '';
  const milliseconds = nanoseconds / 1e6;
  return `≥ ${milliseconds < 100 ? `${Math.ceil(milliseconds)} ms` : formatDuration(milliseconds)}`;
}

/** A place in a program's source. */
interface Place {
  readonly function: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** `client.go:1379`: the directory is the function's package mostly; empty where the file is not known. */
export function fileWords({ file, line }: Place): string {
  return file === null ? '' : `${file.slice(file.lastIndexOf('/') + 1)}:${line}`;
}

/** `main.(*Server).serve server.go:41`; empty of nothing. */
export function placeWords(place: Place | null): string {
  return place === null ? '' : [place.function, fileWords(place)].filter(Boolean).join(' ');
}

/** `acc` of `server.(*client).readLoop: acc`; a root without a name of its own as it is. */
export function variableWords(root: string): string {
  const at = root.indexOf(': ');
  return at < 0 ? root : root.slice(at + 2);
}
