/** What a dropped file is told to be, on real ones. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fileKind } from '../../src/renderer/state/file-kind';
import { bytesOf } from '../support/dumps';
import { executableOf } from '../support/programs';

describe('what a file is', () => {
  it.each([
    ['a dump', bytesOf('go1.27.4/poolcycle.heap'), 'dump'],
    ['an old dump', bytesOf('synthetic/go1.6-header-string-arch.heap'), 'dump'],
    ['an ELF executable', executableOf('go1.27.4/poolcycle'), 'executable'],
    ['a Mach-O executable', executableOf('go1.26-darwin-arm64/mix-stripped'), 'executable'],
    ['a PE executable', executableOf('go1.26-windows-amd64/mix-stripped'), 'executable'],
    ['names', '{"schema":"heapknot/given-names/1","names":{}}', 'names'],
    ['a gzip file', readFileSync(new URL('../../fixtures/dumps/broken/gzipped.heap.gz', import.meta.url)), 'other'],
    ['text', 'go1.7 was a good version\n', 'other'],
    ['nothing', '', 'other'],
  ])('%s', async (_what, contents, kind) => {
    expect(await fileKind(new Blob([contents as BlobPart]))).toBe(kind);
  });
});
