/** A finding as a person reads it in a terminal: what, how much, what proves it, why, how to fix it, what would let go. */
import type { CutRow, EvidenceRow, FindingRow } from '../../../workers/api';
import {
  cutSource,
  evidenceKind,
  evidenceName,
  heldText,
  labelText,
  SEVERITY_WORDS,
} from '../../../workers/report/findings';
import { counted, formatBytes } from '../../../workers/lib/format';
import type { Style } from './style';
import { wrapped } from './units';

/** Lines get no longer, however wide the terminal is: sentences are read, not scanned. */
const WIDEST = 100;
const INDENT = '  ';
const DEEPER = '    ';

/** Ends with a line feed. `columns`: of the terminal; null where lines have no end. */
export function findingCard(finding: FindingRow, style: Style, columns: number | null): string {
  const width = Math.min(columns ?? WIDEST, WIDEST);
  const say = (text: string, first = INDENT) => wrapped(text, first, width);
  const severity = SEVERITY_WORDS[finding.severity].toUpperCase();
  const mark = finding.severity === 'note' ? style.bold(severity) : style.warn(severity);
  const lines = [
    `${mark}  ${style.bold(wrapped(finding.title, '', width - severity.length - 2).replaceAll('\n', `\n${INDENT}`))}`,
    say(`${heldText(finding)} · ${finding.confidence}: ${finding.basis}`),
    '',
    ...evidenceLines(finding.evidence, width),
    say(finding.why),
    '',
    say(`Fix: ${finding.fix}`),
    ...codeLines('before', finding.before, style),
    ...codeLines('after', finding.after, style),
    ...cutLines(finding.cut, width),
    `${INDENT}${style.dim(finding.id)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function evidenceLines(evidence: readonly EvidenceRow[], width: number): string[] {
  if (evidence.length === 0) return [];
  const lines = evidence.map((row) => {
    const kind = evidenceKind(row);
    return wrapped(`${evidenceName(row)}${kind === '' ? '' : `  ${kind}`}: ${row.text}`, DEEPER, width);
  });
  return [`${INDENT}Evidence`, ...lines, ''];
}

function codeLines(name: string, code: string | null, style: Style): string[] {
  if (code === null) return [];
  const lines = code.trimEnd().replaceAll('\t', '    ').split('\n');
  return ['', `${INDENT}// ${name}`, ...lines.map((line) => style.dim(`${DEEPER}${line}`.trimEnd()))];
}

function cutLines(cut: readonly CutRow[], width: number): string[] {
  if (cut.length === 0) return [''];
  const lines = cut.map((row) => {
    const frees = `${row.exact ? '' : 'about '}${formatBytes(row.bytes)}, ${counted(row.objects, 'object')}`;
    return wrapped(`${frees}: ${cutSource(row)} → ${row.to} ${labelText(row.toLabel)}`, DEEPER, width);
  });
  return ['', `${INDENT}What would let go`, ...lines, ''];
}
