/** What the JSON documents of all commands have in common. Each key is named here or in a command, so that its order is fixed. */
import type { DumpFacts, RootLabel, TypeLabel } from '../../../workers/api';
import type { OpenDump } from '../open-dump';
import { writeDocument } from './json';
import type { DocumentValue } from './json';

/** Writes the answer of a command: its schema, what is wrong with the dump, then the command's own keys. */
export async function writeAnswer(
  dump: OpenDump,
  command: string,
  entries: Readonly<Record<string, DocumentValue>>,
): Promise<void> {
  const schema = `heapknot/${command}/1`;
  await writeDocument(dump.out, { schema, dump: stateOf(dump.summary.dump), ...entries });
}

/** How far the dump can be trusted. */
export function stateOf(facts: DumpFacts) {
  const { problem } = facts;
  return {
    state: facts.state,
    truncated: facts.truncated,
    problem: problem && {
      offset: problem.offset,
      record: problem.record,
      expected: problem.expected,
      found: problem.found,
      lost: problem.lost,
    },
    warnings: facts.warnings.map(({ code, message, offset }) => ({ code, message, offset })),
  };
}

export function typeKeys(label: TypeLabel) {
  return { type: label.type, evidence: label.evidence, hint: label.hint, shape: label.shape };
}

export function rootKeys(root: RootLabel) {
  return {
    kind: root.kind,
    holder: root.holder,
    name: root.name,
    goroutine: root.goroutine,
    frame: root.frame,
    address: root.address,
    weak: root.weak,
  };
}
