/** The built page, as the loopback server and the desktop shell serve it: a fixed table of files, made once. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};

export interface PageFile {
  contentType: string;
  read(): Promise<Uint8Array>;
}

/**
 * URL path → file, for every regular file below `folder`. A request is looked up in this table and never becomes a path, so no spelling of a
 * URL leads out of the folder; links are left out, so no file of the folder does either. Rejects where the folder is missing.
 */
export async function pageFiles(folder: string): Promise<Map<string, PageFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, PageFile>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const url = `/${relative(folder, path).split(sep).join('/')}`;
    const contentType = CONTENT_TYPES[extname(path)] ?? 'application/octet-stream';
    files.set(url, { contentType, read: () => readFile(path) });
  }
  return files;
}
