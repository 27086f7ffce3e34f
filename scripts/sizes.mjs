// A ratchet for sizes: no file over 400 lines, no function over 80, and what is largest today stands in sizes.json and may only fall. Tests
// count as files; their functions do not, since a suite is one.
import { readFileSync, readdirSync } from 'node:fs';
import ts from 'typescript';

const RECORD = new URL('sizes.json', import.meta.url);
const LIMITS = { file: 400, function: 80 };
const FOLDERS = ['workers', 'src', 'fixtures/builder', 'test'];

const files = [];
const functions = [];
for (const folder of FOLDERS) {
  for (const name of readdirSync(folder, { recursive: true })) {
    const path = `${folder}/${name.replaceAll('\\', '/')}`;
    if (!/\.(tsx?|css)$/.test(path)) continue;
    const text = readFileSync(path, 'utf8');
    files.push({ path, lines: text.split('\n').length - 1 });
    if (folder !== 'test' && !path.endsWith('.css')) functions.push(...functionsOf(path, text));
  }
}

const record = JSON.parse(readFileSync(RECORD, 'utf8'));
const found = { file: measured(files), function: measured(functions) };
const complaints = [];
for (const [kind, { largest, p90, of }] of Object.entries(found)) {
  console.log(`sizes: ${of.length} ${kind}s, p90 ${p90} lines, the largest ${largest} lines: ${of[0].path}`);
  for (const { path, lines } of of.filter(({ lines }) => lines > LIMITS[kind]))
    complaints.push(`${path}: ${lines} lines, and ${LIMITS[kind]} are the most that a ${kind} may have`);
  const recorded = record[kind];
  for (const [figure, value] of Object.entries({ largest, p90 })) {
    const words = `the ${figure} of ${kind}s is ${value} lines, and scripts/sizes.json says ${recorded[figure]}`;
    if (value > recorded[figure]) complaints.push(`${words}: sizes may only fall`);
    if (value < recorded[figure]) console.log(`sizes: ${words}: write the lower figure down`);
  }
}
for (const complaint of complaints) console.error(`sizes: ${complaint}`);
process.exitCode = complaints.length > 0 ? 1 : 0;

/** The largest first, with the p90 of all. */
function measured(all) {
  const of = all.toSorted((a, b) => b.lines - a.lines);
  return { largest: of[0].lines, p90: of[Math.floor(of.length / 10)].lines, of };
}

/** Every function of a file that has a body, from its first line to its last; those inside it are part of it and count themselves too. */
function functionsOf(path, text) {
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  const found = [];
  const lineOf = (position) => source.getLineAndCharacterOfPosition(position).line;
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body !== undefined) {
      const first = lineOf(node.getStart());
      found.push({ path: `${path}:${first + 1}`, lines: lineOf(node.getEnd()) - first + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
