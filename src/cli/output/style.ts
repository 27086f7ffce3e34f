/** Emphasis on a terminal; nothing anywhere else. Colour never carries a meaning that the words do not. */
import type { Io } from '../io';

export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  warn(text: string): string;
}

const painted = (open: number, close: number) => (text: string) =>
  text === '' ? '' : `\u001b[${open}m${text}\u001b[${close}m`;

const COLOURS: Style = { bold: painted(1, 22), dim: painted(2, 22), warn: painted(33, 39) };

const asIs = (text: string) => text;
const PLAIN: Style = { bold: asIs, dim: asIs, warn: asIs };

/** The style for one stream: colours only on a terminal, not with `--no-color`, NO_COLOR set to anything, or a dumb terminal. */
export function styleFor(io: Io, stream: 'out' | 'err', wanted: boolean): Style {
  const forbidden = (io.env['NO_COLOR'] ?? '') !== '' || io.env['TERM'] === 'dumb';
  return wanted && !forbidden && io[stream].isTerminal ? COLOURS : PLAIN;
}
