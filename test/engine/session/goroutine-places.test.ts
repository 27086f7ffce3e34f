/** Where goroutines of a web server wait in its own code, and who started them. */
import { beforeAll, expect, test } from 'vitest';
import type { GoroutineRow, SourcePlace } from '../../../workers/api/rows';
import { MAX_PAGE } from '../../../workers/api/values';
import { createSession } from '../../../workers/session/create-session';
import { unpackedBytesOf } from '../../support/dumps';
import { executableOf } from '../../support/programs';
import { TestHost } from './test-host';

let rows: GoroutineRow[];

beforeAll(async () => {
  const host = new TestHost();
  host.executables.set('httpd', executableOf('go1.24/httpd'));
  const session = createSession(host);
  host.files.set('httpd.heap', unpackedBytesOf('go1.24/httpd'));
  await session.open({ file: 'httpd.heap', executable: 'httpd' });
  rows = (await session.goroutines({ offset: 0, limit: MAX_PAGE })).rows;
});

function told(id: number): [waitsIn: string | null, createdBy: string | null] {
  const { waitsIn, createdBy } = rows.find((row) => row.id === id)!;
  return [words(waitsIn), words(createdBy)];
}

function words(place: SourcePlace | null): string | null {
  return place && `${place.function} ${place.file}:${place.line}`;
}

test('a handler waits in the program’s function, though the library started it and stands innermost', () => {
  expect(told(21)).toEqual([
    'main.(*api).slow example.com/httpd/main.go:69',
    'net/http.(*Server).Serve net/http/server.go:3454',
  ]);
});

test('what has only the library on its stack waits nowhere in the program', () => {
  expect(told(40)).toEqual([null, 'net/http.(*Transport).dialConn net/http/transport.go:1944']);
});

test('no go statement started the first goroutine', () => {
  expect(told(1)).toEqual(['main.writeDump example.com/httpd/dumper.go:51', null]);
});
