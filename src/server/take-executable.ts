/** `POST /executable`: the body is an executable to take names from; the answer is the name that `takeNames` knows it by. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TooLarge, type GivenExecutable } from './given-executable';
import { refuse, sendJson } from './replies';

/** What the person calls the file, percent-encoded. */
const NAME_HEADER = 'x-heapknot-name';

/** Keeps the body as it comes; a page that goes away or sends too much leaves nothing behind. */
export async function takeExecutable(
  request: IncomingMessage,
  response: ServerResponse,
  given: GivenExecutable,
): Promise<void> {
  try {
    sendJson(response, { name: await given.take(nameIn(request), request) });
  } catch (error) {
    if (error instanceof TooLarge) refuse(response, { status: 413, message: error.message });
    else throw new Error(`The executable could not be kept: ${(error as Error).message}`, { cause: error });
  }
}

function nameIn(request: IncomingMessage): string {
  const header = request.headers[NAME_HEADER];
  if (typeof header !== 'string') return '';
  try {
    return decodeURIComponent(header);
  } catch {
    return '';
  }
}
