/** What a session needs, from Node: in the command line, in a thread and in Electron's utility process alike. */
import { setImmediate } from 'node:timers/promises';
import type { SessionHost } from '../session/running/host';
import { executableBeside, inflate, openExecutable } from './executable-file';
import { openFileSource } from './file-source';

const MIB = 2 ** 20;

/** Node grants arrays up to 16 GiB; an Electron utility process 2 GiB less a little, and 16 GiB in all. */
export const NODE_LIMITS = { maxArrayBytes: 16384 * MIB, maxTotalBytes: Infinity };
export const ELECTRON_LIMITS = { maxArrayBytes: 2048 * MIB - 2 * MIB, maxTotalBytes: 16384 * MIB };

export function nodeHost(limits: SessionHost['limits']): SessionHost {
  return {
    openSource: openFileSource,
    openExecutable,
    executableBeside,
    inflate,
    // the event loop's turn after this one: messages that wait are delivered before it
    pause: () => setImmediate(),
    now: () => performance.now(),
    limits,
  };
}
