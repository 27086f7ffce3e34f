/** Runs the detectors one after another over one dump, and puts what they found in order. */
import { OutOfMemory } from '../lib/errors';
import type { Detected, Detector } from './detector';
import { DETECTORS } from './detectors';
import { SEVERITIES, type Finding } from './finding';
import type { AnalysedHeap } from '../heap/analysed-heap';

/** A finding with a name of its own in this dump. */
export interface IdentifiedFinding extends Finding {
  /** Detector and a hash of the key: the same in every dump of a program where no other finding has the same key. */
  readonly id: string;
}

/** What became of one detector. */
export interface DetectorReport {
  readonly name: string;
  readonly title: string;
  /** Findings. */
  readonly found: number;
  /** Why it could not look, or not everywhere, in a sentence; null where it could. */
  readonly skipped: string | null;
}

export interface Findings {
  /** Worst severity first, then most bytes, then by key. */
  readonly findings: readonly IdentifiedFinding[];
  /** In the order in which they ran. */
  readonly detectors: readonly DetectorReport[];
  /** False where a detector could not read the file: another time it may. */
  readonly readAll: boolean;
}

/**
 * `onBegin` hears of each detector before it runs. One that fails is reported as skipped and the others go on; only cancelling ends them all,
 * and rejects with `Cancelled`.
 */
export async function runDetectors(
  heap: AnalysedHeap,
  onBegin: (detector: Detector, index: number) => void = () => undefined,
  detectors: readonly Detector[] = DETECTORS,
): Promise<Findings> {
  const found: Finding[] = [];
  const reports: DetectorReport[] = [];
  let readAll = true;
  for (const [index, detector] of detectors.entries()) {
    onBegin(detector, index);
    const { findings, skipped, unread = false } = await detectOrSkip(detector, heap);
    readAll &&= !unread;
    found.push(...findings);
    const { name, title } = detector;
    reports.push({ name, title, found: findings.length, skipped: skipped ?? lackingFor(detector, heap) });
    // between two detectors whatever they are: those of a small dump may never pause by themselves
    await heap.checkpoint();
  }
  return { findings: identified(found.sort(worstFirst)), detectors: reports, readAll };
}

/** What of the file a detector would need and is missing, in a sentence; null where nothing is. */
function lackingFor({ needs = [] }: Detector, { graph }: AnalysedHeap): string | null {
  const lost = (graph.records.issue?.lost ?? []).filter((part) =>
    needs.some((one) => part === one || part === `some ${one}`),
  );
  return lost.length === 0 ? null : `The file is not whole: it lacks ${lost.join(' and ')}.`;
}

async function detectOrSkip(detector: Detector, heap: AnalysedHeap): Promise<Detected & { unread?: boolean }> {
  try {
    return await detector.detect(heap);
  } catch (error) {
    if (error instanceof Error && error.name === 'Cancelled') throw error;
    return { findings: [], skipped: sentenceOf(error), unread: isUnread(error) };
  }
}

/** By name, as errors of hosts have it too. */
function isUnread(error: unknown): boolean {
  return error instanceof Error && error.name === 'CannotRead';
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof OutOfMemory) return `This dump is too large for it here: ${message}`;
  if (isUnread(error)) return `It could not read the file: ${message}`;
  return `It failed, which is a defect of this program: ${message}`;
}

function worstFirst(a: Finding, b: Finding): number {
  const bySeverity = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  return bySeverity || b.bytes - a.bytes || byText(a.detector, b.detector) || byText(a.key, b.key);
}

/** By code units: the same on every machine, whatever its language. */
function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function identified(findings: readonly Finding[]): IdentifiedFinding[] {
  const times = new Map<string, number>();
  return findings.map((finding) => {
    const name = `${finding.detector}-${shortHash(finding.key)}`;
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return { ...finding, id: time === 1 ? name : `${name}-${time}` };
  });
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over the text's code units, as eight hex digits. */
function shortHash(text: string): string {
  let hash = FNV_OFFSET;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
