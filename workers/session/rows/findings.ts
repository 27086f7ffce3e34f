/** Findings as rows: their ids become addresses, labels and fields. */
import type { CutRow, DetectorRow, EvidenceRow, FindingRow } from '../../api/finding-rows';
import { MOST_PROOFS, type Proof } from '../../suspects/finding';
import type { DetectorReport, IdentifiedFinding } from '../../suspects/run-detectors';
import { objectAddress } from '../dump/address';
import type { AnalysedDump } from '../dump/opened-dump';
import { cutRow } from './cut-rows';
import { entryOf } from './goroutine-state';
import { typeLabel } from '../dump/type-labels';

export async function findingRow(dump: AnalysedDump, finding: IdentifiedFinding): Promise<FindingRow> {
  const { id, detector, key, severity, confidence, basis, title, objects, bytes, why, fix } = finding;
  const cut: CutRow[] = [];
  for (const one of finding.cuts) cut.push(await cutRow(dump, one));
  return {
    id,
    detector,
    key,
    severity,
    confidence,
    basis,
    title,
    objects,
    bytes,
    evidence: finding.proofs.slice(0, MOST_PROOFS).map((proof) => evidenceRow(dump, proof)),
    why,
    fix: fix.text,
    before: fix.before,
    after: fix.after,
    cut,
  };
}

export function detectorRow({ name, title, found, skipped }: DetectorReport): DetectorRow {
  return { name, title, found, skipped };
}

function evidenceRow(dump: AnalysedDump, proof: Proof): EvidenceRow {
  const { text } = proof;
  switch (proof.kind) {
    case 'object': {
      const { graph, labels } = dump;
      return {
        kind: 'object',
        address: objectAddress(graph, proof.objectId),
        label: typeLabel(labels, proof.objectId),
        text,
      };
    }
    case 'goroutine': {
      const { records } = dump.graph;
      const goroutine = records.goroutines[proof.goroutine];
      return { kind: 'goroutine', goroutine: goroutine.id, entry: entryOf(records, goroutine), text };
    }
    case 'cycle':
      return { kind: 'cycle', cycle: proof.cycle, text };
  }
}
