/** `POST /rpc`: one message of the wire in, its answer out, however long that takes. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { asCall, decodeMessage, encodeMessage, throwReply, type ReplyMessage, type Utf8 } from '../../workers/api';
import { refuse } from './replies';
import type { SharedSession } from './shared-session';

/** The window's dump, percent-encoded: see SharedSession. */
const DUMP_HEADER = 'x-heapknot-dump';

/** A request is a few hundred bytes; the longest lists the opened elements of a drawing. */
const MAX_REQUEST_BYTES = 1 << 20;

const utf8: Utf8 = {
  encode: (text) => Buffer.from(text),
  decode: (bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes),
};

/**
 * Answers one call. The head of the response goes out at once and a blank each `heartbeatMs` (the codec skips them): some browsers give up
 * on a response that is silent for minutes, and a large dump takes minutes to open.
 */
export async function answerCall(
  request: IncomingMessage,
  response: ServerResponse,
  session: SharedSession,
  heartbeatMs: number,
): Promise<void> {
  const body = await readBody(request);
  if (body === null) {
    refuse(response, { status: 413, message: `A request has at most ${MAX_REQUEST_BYTES} bytes.` });
    return;
  }
  const call = asCall(messageIn(body));
  if (call === null) {
    refuse(response, { status: 400, message: 'This is no call of a session.' });
    return;
  }

  response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).flushHeaders();
  const heartbeat = setInterval(() => response.write('\n'), heartbeatMs);
  try {
    const reply = await session.call(call, windowsDump(request));
    response.end(bytesOf(reply));
  } finally {
    clearInterval(heartbeat);
  }
}

/** The body, or null as soon as it is longer than any request of ours. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_REQUEST_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function messageIn(body: Buffer): unknown {
  try {
    return decodeMessage(body, utf8);
  } catch {
    return null;
  }
}

/** An answer that the wire cannot carry is a defect of ours; the caller gets it as an error instead of waiting for ever. */
function bytesOf(reply: ReplyMessage): Uint8Array {
  try {
    return encodeMessage(reply, utf8);
  } catch (error) {
    return encodeMessage(throwReply(reply.id, error as Error), utf8);
  }
}

function windowsDump(request: IncomingMessage): string | null {
  const header = request.headers[DUMP_HEADER];
  if (typeof header !== 'string' || header === '') return null;
  try {
    return decodeURIComponent(header);
  } catch {
    return null;
  }
}
