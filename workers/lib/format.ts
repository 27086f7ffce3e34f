/** Figures as people read them, the same in findings, drawings, tables and pictures. */

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
