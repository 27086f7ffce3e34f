/** Numbers and names as a person reads them. */
import { counted, formatBytes, formatCount, formatDuration, waitedWords } from '../../../workers/lib/format';

export { shortGoName, splitGoName } from '../../../workers/lib/go-names';
export { counted, formatBytes, formatCount, formatDuration, waitedWords };

/** `19,188,940 bytes`, for the hover over a rounded size. */
export function exactBytes(bytes: number): string {
  return counted(bytes, 'byte');
}

/** `98.7 %`; a share too small to show is `< 0.1 %`, one that is not quite all is never `100.0 %`. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0) return '–';
  const percent = (part / whole) * 100;
  if (percent > 0 && percent < 0.05) return '< 0.1 %';
  if (percent < 100 && percent >= 99.95) return '> 99.9 %';
  return percent === 100 ? '100 %' : `${percent.toFixed(1)} %`;
}

/** `2026-11-20 16:05`, in the machine's time zone. */
export function formatDate(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `+16`, `+0`, `−8` */
export function formatOffset(offset: number): string {
  return offset < 0 ? `−${String(-offset)}` : `+${String(offset)}`;
}
