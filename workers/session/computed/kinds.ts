/** Finds the kinds of a dump. */
import type { Kinds } from '../../kinds/kinds';
import { findObjectKinds, type KindLabels } from '../../kinds/object-kinds';
import { readReferenceFields } from '../../kinds/reference-fields';
import { findRootKinds } from '../../kinds/root-kinds';
import type { AnalysedDump } from '../dump/opened-dump';
import { typeText, type TypeLabels } from '../dump/type-labels';
import type { TaskTools } from '../running/task-runner';

/** 4 bytes an object and 4 a reference, which the caller releases. Reads the contents of objects with nil words. */
export async function findKinds(dump: AnalysedDump, { checkpoint, drive }: TaskTools): Promise<Kinds> {
  const { graph, naming, account, keepers } = dump;
  const objects = await drive(findObjectKinds(graph, kindLabels(dump.labels), account));
  try {
    const fields = await readReferenceFields(graph, naming, objects, { account, checkpoint, drive });
    const roots = await drive(findRootKinds({ graph, naming, kinds: objects, keeperOfRoot: keepers.ofRoot }));
    return { objects, fields, roots };
  } catch (error) {
    account.release(objects.ofObject);
    throw error;
  }
}

function kindLabels(labels: TypeLabels): KindLabels {
  return {
    count: labels.count,
    labelOf: (objectId) => labels.labelOf(objectId),
    text: (kind) => typeText(labels.label(kind)),
    packageOf: (kind) => labels.label(kind).package,
    isNamed: (kind) => labels.label(kind).type !== null,
  };
}
