/** Findings in words and as Markdown, for the command line, the window and whoever an issue is written to. */
import type { CutRow, DetectorRow, EvidenceRow, FindingRow, Severity, TypeLabel } from '../api';
import { formatBytes, formatCount } from '../lib/format';
import { asCellCode, asCode, asGoBlock, asTable, asText } from './markdown';

export const SEVERITY_WORDS: Record<Severity, string> = { leak: 'Leak', warning: 'Warning', note: 'Note' };

/** `18.3 MiB in 4,711 objects`. */
export function heldText({ bytes, objects }: Pick<FindingRow, 'bytes' | 'objects'>): string {
  return `${formatBytes(bytes)} in ${formatCount(objects)} ${objects === 1 ? 'object' : 'objects'}`;
}

/** What a piece of evidence is called: an address, a goroutine, a cycle. */
export function evidenceName(row: EvidenceRow): string {
  switch (row.kind) {
    case 'object':
      return row.address;
    case 'goroutine':
      return `goroutine ${row.goroutine}`;
    case 'cycle':
      return `cycle ${row.cycle}`;
  }
}

/** What it is: a type, the function that a goroutine runs; empty where that is not known. */
export function evidenceKind(row: EvidenceRow): string {
  switch (row.kind) {
    case 'object':
      return labelText(row.label);
    case 'goroutine':
      return row.entry ?? '';
    case 'cycle':
      return '';
  }
}

/** `main.cache`, `0xc000123456 main.Conn.next`, or `0xc000123456 48 B, pointers at +0, at +0`: the reference to cut, without its target. */
export function cutSource({ from, fromLabel, root, field, offset }: CutRow): string {
  if (root !== null) return root.name;
  const place = field ?? (offset === null ? '' : `, at +${offset}`);
  const label = fromLabel === null ? '' : ` ${labelText(fromLabel)}`;
  return `${from}${label}${/^\w/.test(place) ? ' ' : ''}${place}`;
}

export function labelText(label: TypeLabel): string {
  return label.type ?? label.hint ?? label.shape;
}

/** A finding and what its team says of it; null where it is not ignored. */
export interface JudgedFinding {
  readonly finding: FindingRow;
  readonly ignored: { readonly state: string; readonly reason: string } | null;
}

/** A report that can be pasted into an issue. `about` is a line of what the dump is. */
export function findingsMarkdown(
  about: string,
  judged: readonly JudgedFinding[],
  detectors: readonly DetectorRow[],
): string {
  const open = judged.filter(({ ignored }) => ignored === null);
  const folded = judged.filter(({ ignored }) => ignored !== null);
  const parts = ['# Findings', asText(about)];
  if (open.length === 0) parts.push(nothingFound(detectors));
  else parts.push(overview(open), ...open.map(({ finding }) => findingMarkdown(finding)));
  if (folded.length > 0) parts.push('## Expected or ignored', folded.map(foldedLine).join('\n'));
  const skipped = detectors.filter((detector) => detector.skipped !== null);
  if (skipped.length > 0) parts.push('## Not looked at, or not everywhere', skipped.map(skippedLine).join('\n'));
  return `${parts.join('\n\n')}\n`;
}

function nothingFound(detectors: readonly DetectorRow[]): string {
  return `Nothing was found. Looked for: ${asText(
    thatLooked(detectors)
      .map(({ title }) => title)
      .join('; '),
  )}.`;
}

function overview(open: readonly JudgedFinding[]): string {
  const rows = open.map(({ finding }) => [
    SEVERITY_WORDS[finding.severity],
    asText(finding.title),
    formatBytes(finding.bytes),
    formatCount(finding.objects),
    finding.confidence,
  ]);
  return asTable(['Severity', 'Finding', 'Held', 'Objects', 'Confidence'], [false, false, true, true, false], rows);
}

/** One finding, as a section. */
export function findingMarkdown(finding: FindingRow): string {
  const { severity, title, confidence, basis, id, why, fix, before, after, evidence, cut } = finding;
  const parts = [
    `## ${SEVERITY_WORDS[severity]}: ${asText(title)}`,
    `**${heldText(finding)}** · ${confidence}: ${asText(basis)} · ${asCode(id)}`,
    asText(why),
  ];
  if (evidence.length > 0) parts.push('**Evidence**', evidence.map(evidenceLine).join('\n'));
  parts.push(`**Fix.** ${asText(fix)}`);
  if (before !== null) parts.push('Before:', asGoBlock(before));
  if (after !== null) parts.push('After:', asGoBlock(after));
  if (cut.length > 0) parts.push('**What would let go**', cutTable(cut));
  return parts.join('\n\n');
}

function evidenceLine(row: EvidenceRow): string {
  const kind = evidenceKind(row);
  return `- ${asCode(evidenceName(row))}${kind === '' ? '' : ` ${asCode(kind)}`}: ${asText(row.text)}`;
}

function cutTable(cut: readonly CutRow[]): string {
  const rows = cut.map((row) => [
    asCellCode(cutSource(row)),
    asCellCode(`${row.to} ${labelText(row.toLabel)}`),
    `${row.exact ? '' : 'about '}${formatBytes(row.bytes)}`,
    formatCount(row.objects),
  ]);
  return asTable(['Reference', 'To', 'Frees', 'Objects'], [false, false, true, true], rows);
}

function foldedLine({ finding, ignored }: JudgedFinding): string {
  const { severity, title } = finding;
  const judgement = ignored === null ? '' : ` – ${ignored.state}: ${asText(ignored.reason)}`;
  return `- ${SEVERITY_WORDS[severity]}: ${asText(title)} (${heldText(finding)})${judgement}`;
}

function skippedLine({ title, skipped }: DetectorRow): string {
  return `- ${asText(title)}: ${asText(skipped ?? '')}`;
}

/** The detectors that could look everywhere: what the others did not find may be there. */
export function thatLooked(detectors: readonly DetectorRow[]): DetectorRow[] {
  return detectors.filter(({ skipped }) => skipped === null);
}
