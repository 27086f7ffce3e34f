/**
 * What travels between a page and an engine: comlink's messages, as far as this program uses them. Both ends speak comlink; what lies
 * between (the loopback server, an endpoint whose engine has died) needs to read and write single messages, and does it with these.
 */
import type { AnalysisSession } from './session';
import { isRecord } from './is-record';

/** A call of one method. Arguments are plain data: no callbacks, no proxies. */
export interface CallMessage {
  id: string;
  type: 'APPLY';
  path: [keyof AnalysisSession];
  argumentList: { type: 'RAW'; value: unknown }[];
}

/** The answer to the call of the same id: a value, or an error as comlink writes one. */
export type ReplyMessage =
  | { id: string; type: 'RAW'; value: unknown }
  | {
      id: string;
      type: 'HANDLER';
      name: 'throw';
      value: { isError: true; value: { name: string; message: string; stack: string } };
    };

const METHODS: Record<keyof AnalysisSession, true> = {
  open: true,
  status: true,
  cancel: true,
  close: true,
  takeNames: true,
  giveNames: true,
  identities: true,
  summary: true,
  cycles: true,
  cycleShapes: true,
  cycle: true,
  entering: true,
  leaving: true,
  types: true,
  packages: true,
  objects: true,
  object: true,
  contents: true,
  values: true,
  names: true,
  references: true,
  referrers: true,
  cuts: true,
  knot: true,
  free: true,
  retention: true,
  dominated: true,
  dominatedKinds: true,
  dominatorChain: true,
  rootPaths: true,
  rootPathKinds: true,
  goroutines: true,
  goroutineKinds: true,
  goroutine: true,
  roots: true,
  rootKinds: true,
  closures: true,
  pools: true,
  pool: true,
  poolItems: true,
  findings: true,
  drawing: true,
  search: true,
};

/** The methods of a session: all that a call may name. */
export const SESSION_METHODS = Object.keys(METHODS) as (keyof AnalysisSession)[];

/** A reply that makes the caller's promise reject with an error of this name and message. */
export function throwReply(id: string, { name, message }: Error): ReplyMessage {
  return { id, type: 'HANDLER', name: 'throw', value: { isError: true, value: { name, message, stack: '' } } };
}

/** The error that a reply carries; null for an answer. */
export function thrownBy(reply: ReplyMessage): { name: string; message: string } | null {
  return reply.type === 'HANDLER' ? reply.value.value : null;
}

/** The message as a call of a session's method; null for anything else, however it looks. */
export function asCall(message: unknown): CallMessage | null {
  if (!isRecord(message) || message['type'] !== 'APPLY') return null;
  const { id, path, argumentList } = message;
  if (typeof id !== 'string' || id === '' || id.length > 200) return null;
  if (!Array.isArray(path) || path.length !== 1 || !isMethod(path[0])) return null;
  if (!Array.isArray(argumentList) || !argumentList.every(isRaw)) return null;
  return { id, type: 'APPLY', path: [path[0]], argumentList };
}

function isRaw(argument: unknown): argument is { type: 'RAW'; value: unknown } {
  return isRecord(argument) && argument['type'] === 'RAW';
}

function isMethod(name: unknown): name is keyof AnalysisSession {
  return typeof name === 'string' && Object.hasOwn(METHODS, name);
}
