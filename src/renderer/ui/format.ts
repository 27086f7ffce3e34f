/** Numbers and names as a person reads them. */
import {
  counted,
  formatBytes,
  formatCount,
  formatDuration,
  formatShare,
  variableWords,
  waitedWords,
} from '../../../workers/lib/format';

export { shortGoName, splitGoName } from '../../../workers/lib/go-names';
export { counted, formatBytes, formatCount, formatDuration, formatShare, variableWords, waitedWords };

/** `19,188,940 bytes`, for the hover over a rounded size. */
export function exactBytes(bytes: number): string {
  return counted(bytes, 'byte');
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
