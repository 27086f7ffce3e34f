/** JSON for programs: keys in the order they are written in, one line for each element of a list, the same bytes for the same dump. */
import type { Output } from '../io';

/** A value of a document: plain data, or rows that come one after another and are never held together. */
export type DocumentValue = string | number | boolean | null | object | AsyncIterable<unknown>;

/** Text collected before it is written. */
const CHUNK = 1 << 16;

/**
 * Writes one document. Lists given as async iterables are streamed, so `--limit all` over millions of rows needs no memory for them; every
 * other value is written at once.
 */
export async function writeDocument(out: Output, entries: Readonly<Record<string, DocumentValue>>): Promise<void> {
  const sink = new Sink(out);
  await sink.add('{');
  let first = true;
  for (const [key, value] of Object.entries(entries)) {
    await sink.add(`${first ? '' : ','}\n  ${JSON.stringify(key)}: `);
    first = false;
    if (isStream(value)) await addList(sink, value);
    else await sink.add(JSON.stringify(value, null, 2).replaceAll('\n', '\n  '));
  }
  await sink.add('\n}\n');
  await sink.flush();
}

function isStream(value: DocumentValue): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function addList(sink: Sink, rows: AsyncIterable<unknown>): Promise<void> {
  let empty = true;
  for await (const row of rows) {
    await sink.add(`${empty ? '[' : ','}\n    ${JSON.stringify(row)}`);
    empty = false;
  }
  await sink.add(empty ? '[]' : '\n  ]');
}

class Sink {
  private parts: string[] = [];
  private length = 0;

  constructor(private readonly out: Output) {}

  async add(text: string): Promise<void> {
    this.parts.push(text);
    this.length += text.length;
    if (this.length >= CHUNK) await this.flush();
  }

  async flush(): Promise<void> {
    const text = this.parts.join('');
    this.parts = [];
    this.length = 0;
    if (text !== '') await this.out.write(text);
  }
}
