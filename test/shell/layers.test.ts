/** The import rules deny by default: each file planted in a copy of the tree is complained of, by name, and ARCHITECTURE.md's table says what the rules say. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const PROJECT = resolve(import.meta.dirname, '../..');

/** What is planted: a file, its text, and the complaint that must come of it; null where another file's tells of both. */
const PLANTED: readonly { file: string; text: string; complaint: string | null }[] = [
  {
    file: 'workers/new/evil.ts',
    text: 'export const evil = 1;\n',
    complaint: 'no layer: workers/new/evil.ts',
  },
  {
    file: 'workers/session/new/evil.ts',
    text: 'export const evil = 1;\n',
    complaint: 'no layer: workers/session/new/evil.ts',
  },
  {
    file: 'workers/lib/planted-upwards.ts',
    text: "export { ROOT } from '../graph/heap-graph';\n",
    complaint: 'workers/lib: workers/lib/planted-upwards.ts → workers/graph/heap-graph.ts',
  },
  {
    file: 'workers/session/rows/planted-upwards.ts',
    text: "export { cuts } from '../answers/what-lets-go';\n",
    complaint:
      'workers/session/rows: workers/session/rows/planted-upwards.ts → workers/session/answers/what-lets-go.ts',
  },
  {
    file: 'workers/naming/types/planted-upwards.ts',
    text: "export type { Teller } from '../steps/telling';\n",
    complaint: 'workers/naming/types: workers/naming/types/planted-upwards.ts → workers/naming/steps/telling.ts',
  },
  {
    file: 'workers/lib/planted-one.ts',
    text: "import type { Two } from './planted-two';\nexport type One = Two | null;\n",
    complaint: 'no-cycles: workers/lib/planted-one.ts → workers/lib/planted-two.ts',
  },
  {
    file: 'workers/lib/planted-two.ts',
    text: "import type { One } from './planted-one';\nexport type Two = One[];\n",
    complaint: null,
  },
];

/** The same of the window's rooms. */
const PLANTED_IN_WINDOW: typeof PLANTED = [
  {
    file: 'src/renderer/new/evil.ts',
    text: 'export const evil = 1;\n',
    complaint: 'no layer: src/renderer/new/evil.ts',
  },
  {
    file: 'src/renderer/state/planted-upwards.ts',
    text: "export { TypesView } from '../views/types/TypesView';\n",
    complaint: 'src/renderer/state: src/renderer/state/planted-upwards.ts → src/renderer/views/types/TypesView.tsx',
  },
  {
    file: 'src/renderer/views/types/planted-aside.ts',
    text: "export { RootsView } from '../roots/RootsView';\n",
    complaint: 'views-apart: src/renderer/views/types/planted-aside.ts → src/renderer/views/roots/RootsView.tsx',
  },
  {
    file: 'src/renderer/parts/planted-upwards.ts',
    text: "export type { Counts } from '../state/counts';\nexport { RootsView } from '../views/roots/RootsView';\n",
    complaint: 'src/renderer/parts: src/renderer/parts/planted-upwards.ts → src/renderer/views/roots/RootsView.tsx',
  },
  {
    file: 'src/renderer/ui/planted-one.ts',
    text: "import type { Two } from './planted-two';\nexport type One = Two | null;\n",
    complaint: 'no-cycles: src/renderer/ui/planted-one.ts → src/renderer/ui/planted-two.ts',
  },
  {
    file: 'src/renderer/ui/planted-two.ts',
    text: "import type { One } from './planted-one';\nexport type Two = One[];\n",
    complaint: null,
  },
];

const copy = mkdtempSync(join(tmpdir(), 'heapknot-layers-'));

afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

describe('npm run layers', () => {
  it('complains of each file that breaks a rule, and of nothing else', { timeout: 120_000 }, () => {
    const planted = [...PLANTED, ...PLANTED_IN_WINDOW];
    for (const folder of ['workers', 'src', 'fixtures/builder']) {
      cpSync(join(PROJECT, folder), join(copy, folder), { recursive: true });
    }
    cpSync(join(PROJECT, 'tsconfig.base.json'), join(copy, 'tsconfig.base.json'));
    symlinkSync(join(PROJECT, 'node_modules'), join(copy, 'node_modules'));
    for (const { file, text } of planted) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      writeFileSync(join(copy, file), text);
    }
    const { status, stderr } = spawnSync(process.execPath, [join(PROJECT, 'scripts/layers.mjs'), copy], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    const complaints = stderr.split('\n').filter((line) => line !== '');
    const awaited = planted.flatMap(({ complaint }) => complaint ?? []);
    expect(awaited.filter((complaint) => !complaints.some((line) => line.startsWith(complaint)))).toEqual([]);
    expect(complaints.filter((line) => !planted.some(({ file }) => line.includes(file)))).toEqual([]);
  });
});

describe('the table of ARCHITECTURE.md', () => {
  const { layers, engine } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
    layers: readonly { from: string; may: readonly string[] }[];
    engine: readonly string[];
  };
  /** folder → what its row says that it may import */
  const rows = new Map(
    readFileSync(join(PROJECT, 'ARCHITECTURE.md'), 'utf8')
      .split('\n')
      .filter((line) => /^\| `(workers|src|fixtures)\//.test(line))
      .flatMap((line) => {
        const [folders, , may] = line
          .split('|')
          .slice(1)
          .map((cell) => cell.trim());
        return folders.split(', ').map((folder) => [folder.replaceAll('`', ''), may.replaceAll('`', '')] as const);
      }),
  );

  it('has the folders of the rules, in their order', () => {
    expect([...rows.keys()]).toEqual(layers.map(({ from }) => from));
  });

  it.each(layers)('says of $from what its rule says', ({ from, may }) => {
    const all = engine.every((room) => may.includes(room));
    const named = all ? may.filter((room) => !engine.includes(room)) : may;
    expect(rows.get(from)).toBe([...(all ? ['engine'] : []), ...named.map(wordOf)].join(', ') || '–');
  });
});

/** `^workers/lib/` is `lib`, `node_modules/comlink/` is `comlink`, `^src/renderer/ui/` is `renderer/ui`. */
function wordOf(pattern: string): string {
  if (pattern === 'node') return 'Node';
  if (pattern === 'node_modules') return 'packages';
  return pattern
    .replace(/^\^/, '')
    .replace(/^(workers\/|node_modules\/|src\/(?=renderer\/))/, '')
    .replace(/\/$/, '');
}
