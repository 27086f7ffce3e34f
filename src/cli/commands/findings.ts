/** `heapknot findings`: what looks wrong, what proves it, and what to do about it. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { IGNORE_FILE, ignoredBy, MAX_PAGE, readIgnoreFile, SEVERITIES } from '../../../workers/api';
import type { DetectorRow, EvidenceRow, IgnoreEntry, Severity } from '../../../workers/api';
import {
  findingsMarkdown,
  heldText,
  SEVERITY_WORDS,
  thatLooked,
  type JudgedFinding,
} from '../../../workers/report/findings';
import { counted, formatBytes, formatCount } from '../../../workers/lib/format';
import type { CommandHost } from '../command-host';
import { EXIT, UsageError } from '../exit';
import type { ExitCode } from '../exit';
import type { Io, Output } from '../io';
import { mapped, moreLine } from '../lists';
import { withDump } from '../open-dump';
import type { OpenDump } from '../open-dump';
import { byteSize, dumpCommand, limitOf, withLimit } from '../options';
import type { DumpOptions } from '../options';
import { cutKeys } from '../output/cut-keys';
import { typeKeys, writeAnswer } from '../output/document';
import { findingCard } from '../output/finding-card';
import { wrapped } from '../output/units';
import { showProgress } from '../progress';

interface FindingsOptions extends DumpOptions {
  limit?: number;
  minBytes: number;
  failOn?: Severity;
  format?: 'text' | 'json' | 'md';
  ignore?: string | false;
}

export function findingsCommand(host: CommandHost): Command {
  const command = dumpCommand('findings', 'What looks wrong: leaks, what proves them, and what would let go', [
    'heapknot findings app.heap --exe app',
    'heapknot findings app.heap --exe app --fail-on leak --min-bytes 1MiB',
    'heapknot findings app.heap --exe app --format md > findings.md',
    "heapknot findings app.heap --json | jq -r '.findings[].evidence[].address // empty' | heapknot object app.heap -",
  ]);
  return withLimit(command)
    .option('--min-bytes <size>', 'leave out what holds less, as in 64KiB or 1MB (default: 0)', byteSize, 0)
    .addOption(new Option('--fail-on <severity>', `exit 1 where there is one like this or worse`).choices(SEVERITIES))
    .addOption(new Option('--format <format>', 'text, json or md (Markdown) (default: text)').choices(FORMATS))
    .option('--ignore <file>', `take what is expected or ignored from this file (default: ${IGNORE_FILE})`, fileName)
    .option('--no-ignore', `do not read ${IGNORE_FILE}`)
    .action((file: string, options: FindingsOptions) => host.answer(answer(host.io, file, options)));
}

const FORMATS = ['text', 'json', 'md'];

function fileName(text: string): string {
  if (text === '') throw new InvalidArgumentError('Expected a file.');
  return text;
}

async function answer(io: Io, file: string, options: FindingsOptions): Promise<ExitCode> {
  const format = formatOf(options);
  const entries = await ignoreEntries(io, options.ignore);
  return withDump(io, file, options, async (dump) => {
    const found = await findingsOf(dump, options, entries);
    await WRITERS[format](dump, found, limitOf({ ...options, json: format !== 'text' }));
    const failing = options.failOn !== undefined && isAny(found.judged, options.failOn);
    return failing ? EXIT.notThere : EXIT.answered;
  });
}

function formatOf({ format, json }: FindingsOptions): 'text' | 'json' | 'md' {
  if (json && format !== undefined && format !== 'json') {
    throw new UsageError(`--json and --format ${format} ask for two things; write one of them`);
  }
  return json ? 'json' : (format ?? 'text');
}

/** What was asked for by name must be there; what lies in the working directory may be. */
async function ignoreEntries(io: Io, asked: string | false | undefined): Promise<IgnoreEntry[]> {
  if (asked === false || (asked === undefined && !io.fileExists(IGNORE_FILE))) return [];
  const file = asked ?? IGNORE_FILE;
  return readIgnoreFile(await io.readFile(file), file);
}

interface Found {
  /** Those that hold enough, in the engine's order. */
  judged: JudgedFinding[];
  detectors: DetectorRow[];
  /** Entries of the ignore file that nothing here matches. */
  unmatched: number;
}

async function findingsOf(dump: OpenDump, options: FindingsOptions, entries: readonly IgnoreEntry[]): Promise<Found> {
  const { io, session } = dump;
  const hideProgress = options.quiet ? async () => {} : showProgress(io, session);
  const first = await session.findings({ offset: 0, limit: MAX_PAGE }).finally(hideProgress);
  const rows = [...first.rows];
  while (rows.length < first.total) {
    rows.push(...(await session.findings({ offset: rows.length, limit: MAX_PAGE })).rows);
  }
  const judged = rows
    .filter(({ bytes }) => bytes >= options.minBytes)
    .map((finding) => ({ finding, ignored: ignoredBy(entries, finding) }));
  const unmatched = entries.filter((entry) => !rows.some((row) => ignoredBy([entry], row) !== null)).length;
  return { judged, detectors: first.detectors, unmatched };
}

/** True where something not ignored is as bad as `severity`, or worse. */
function isAny(judged: readonly JudgedFinding[], severity: Severity): boolean {
  const limit = SEVERITIES.indexOf(severity);
  return judged.some(({ finding, ignored }) => ignored === null && SEVERITIES.indexOf(finding.severity) <= limit);
}

type Writer = (dump: OpenDump, found: Found, limit: number) => Promise<void>;

const WRITERS: Record<'text' | 'json' | 'md', Writer> = { text: writeText, json: writeJson, md: writeMarkdown };

async function writeJson(dump: OpenDump, { judged, detectors }: Found, limit: number): Promise<void> {
  await writeAnswer(dump, 'findings', {
    total: judged.length,
    ignored: judged.filter(({ ignored }) => ignored !== null).length,
    findings: mapped(judged.slice(0, limit), findingKeys),
    detectors: mapped(detectors, ({ name, title, found, skipped }) => ({ name, title, found, skipped })),
  });
}

function findingKeys({ finding, ignored }: JudgedFinding) {
  return {
    id: finding.id,
    detector: finding.detector,
    severity: finding.severity,
    title: finding.title,
    bytes: finding.bytes,
    objects: finding.objects,
    confidence: finding.confidence,
    basis: finding.basis,
    evidence: finding.evidence.map(evidenceKeys),
    cut: finding.cut.map(cutKeys),
    why: finding.why,
    fix: finding.fix,
    before: finding.before,
    after: finding.after,
    key: finding.key,
    ignored: ignored && { state: ignored.state, reason: ignored.reason },
  };
}

function evidenceKeys(row: EvidenceRow) {
  switch (row.kind) {
    case 'object':
      return { address: row.address, text: row.text, ...typeKeys(row.label) };
    case 'goroutine':
      return { goroutine: row.goroutine, text: row.text, entry: row.entry };
    case 'cycle':
      return { cycle: row.cycle, text: row.text };
  }
}

async function writeMarkdown({ out, summary }: OpenDump, { judged, detectors }: Found, limit: number): Promise<void> {
  const { dump, heap } = summary;
  const about = `${dump.goVersion}, ${dump.architecture}: ${counted(heap.objects, 'object')}, ${formatBytes(heap.bytes)}.`;
  await out.write(findingsMarkdown(about, judged.slice(0, limit), detectors));
}

async function writeText({ out, style }: OpenDump, found: Found, limit: number): Promise<void> {
  const { judged, detectors, unmatched } = found;
  const open = judged.filter(({ ignored }) => ignored === null);
  const folded = judged.filter(({ ignored }) => ignored !== null);
  await out.write(`${style.bold(headline(open, folded.length))}\n`);
  if (open.length === 0) await out.write(lookedFor(detectors, out.columns));
  for (const { finding } of open.slice(0, limit)) await out.write(`\n${findingCard(finding, style, out.columns)}`);
  await out.write(moreLine(open.length, Math.min(open.length, limit)));
  const foldedLines = folded.map(({ finding, ignored }) => {
    const judgement = `${ignored?.state ?? ''}: ${ignored?.reason ?? ''}`;
    return `${SEVERITY_WORDS[finding.severity]}, ${finding.title} (${heldText(finding)}) – ${judgement}`;
  });
  await writeSection(out, 'Expected or ignored', foldedLines);
  const skipped = detectors.flatMap(({ title, skipped: why }) => (why === null ? [] : [`${title}: ${why}`]));
  await writeSection(out, 'Not looked at, or not everywhere', skipped);
  if (unmatched > 0)
    await out.write(`\n${counted(unmatched, 'entry', 'entries')} of the ignore file match nothing here.\n`);
}

/** `2 leaks, 1 warning, 3 notes; 1 ignored.` */
function headline(open: readonly JudgedFinding[], ignored: number): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = open.filter(({ finding }) => finding.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity)];
  });
  const what = counts.length === 0 ? 'Nothing was found' : counts.join(', ');
  return `${what}${ignored === 0 ? '' : `; ${formatCount(ignored)} expected or ignored`}.`;
}

function lookedFor(detectors: readonly DetectorRow[], columns: number | null): string {
  return `${wrapped(
    `Looked for: ${thatLooked(detectors)
      .map(({ title }) => title)
      .join('; ')}.`,
    '',
    columns,
  )}\n`;
}

async function writeSection(out: Output, title: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  await out.write(`\n${title}\n${lines.map((line) => `${wrapped(line, '  ', out.columns)}\n`).join('')}`);
}
