/** Detectors over fixtures, over dumps built for a test, and over damaged ones. */
import { buildDump } from '../../../fixtures/builder/build';
import { mutate } from '../../../fixtures/builder/mutate';
import { platform } from '../../../fixtures/builder/platform';
import type { Shape } from '../../../fixtures/builder/shape';
import { ArraySource } from '../../../workers/dump/byte-source';
import { valueAddress } from '../../../workers/graph/heap-graph';
import type { Detector } from '../../../workers/suspects/detector';
import type { Finding, Proof } from '../../../workers/suspects/finding';
import type { AnalysedHeap } from '../../../workers/heap/analysed-heap';
import { bytesOf } from '../../support/dumps';
import { executableOf } from '../../support/programs';
import { heapOf } from '../../support/analysed-heap';

/** What a detector found, and the heap that the ids belong to. */
export interface Detected {
  readonly heap: AnalysedHeap;
  readonly findings: readonly Finding[];
  readonly skipped: string | null;
}

/** A fixture by name, as `go1.27.4/finalizers`; with the executable of that name, or alone. */
export async function detectIn(detector: Detector, dump: string, executable: string | null = null): Promise<Detected> {
  const bytes = executable === null ? null : executableOf(executable);
  return detect(detector, await heapOf(new ArraySource(bytesOf(`${dump}.heap`), dump), bytes));
}

export interface DetectedInShape extends Detected {
  /** objectId of an object with a name. */
  id(name: string): number;
}

export async function detectInShape(detector: Detector, shape: Shape, version = 'go1.27.4'): Promise<DetectedInShape> {
  const built = buildDump(shape, platform(version));
  const detected = await detect(detector, await heapOf(new ArraySource(built.bytes, 'built.heap'), null));
  return { ...detected, id: (name) => built.order.indexOf(shape.id(name)) + 1 };
}

async function detect(detector: Detector, heap: AnalysedHeap): Promise<Detected> {
  const used = heap.account.used;
  const detected = await detector.detect(heap);
  if (heap.account.used !== used) throw new Error(`${detector.name} keeps memory of the account`);
  return { heap, ...detected };
}

/** `0x…` addresses of the values that proofs show, ascending. */
export function provenObjects({ graph }: AnalysedHeap, proofs: readonly Proof[]): string[] {
  const ids = new Set(proofs.flatMap((proof) => (proof.kind === 'object' ? [proof.objectId] : [])));
  return [...ids].map((id) => `0x${valueAddress(graph, id).toString(16)}`).sort();
}

/** `leak/certain 5 × main.A …`, one line a finding. */
export function lines(findings: readonly Finding[]): string[] {
  return findings.map(({ severity, confidence, title }) => `${severity}/${confidence} ${title}`);
}

/** Runs the detector over damaged copies of a fixture; what cannot be opened is passed over. Throws when it fails on one. */
export async function surviveDamage(
  detector: Detector,
  dump: string,
  seeds: number,
  executable: string | null = null,
): Promise<number> {
  const bytes = bytesOf(`${dump}.heap`);
  let opened = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const mutation = mutate(bytes, seed);
    const heap = await heapOf(
      new ArraySource(mutation.bytes, 'damaged.heap'),
      executable === null ? null : executableOf(executable),
    ).catch(() => null);
    if (!heap) continue;
    opened++;
    await detect(detector, heap).catch((error: unknown) => {
      throw new Error(`seed ${seed} (${mutation.steps.join(', ')}): ${String(error)}`, { cause: error });
    });
  }
  return opened;
}
