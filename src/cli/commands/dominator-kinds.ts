/** `heapknot dominators --by kind`: one row for all that is dominated by the same and called the same. */
import { DOMINATED_KIND_KEYS } from '../../../workers/api';
import type { DominatedKindRow, ObjectDetail, ObjectRow } from '../../../workers/api';
import { counted, formatBytes, formatCount } from '../../../workers/lib/format';
import { UsageError } from '../exit';
import { listing, mapped, moreLine } from '../lists';
import type { Listing } from '../lists';
import type { OpenDump } from '../open-dump';
import { limitOf, readFilters, readSort } from '../options';
import type { ListOptions } from '../options';
import { writeAnswer } from '../output/document';
import { objectRowKeys } from '../output/object-rows';
import { writeTable } from '../output/table';
import type { Column } from '../output/table';

/** What is asked, and what was found there: null for the roots. */
export interface AskedDominator {
  asked: string | null;
  found: boolean;
  object: ObjectDetail | null;
  chain: readonly ObjectRow[];
}

export async function writeKinds(dump: OpenDump, at: AskedDominator, by: string, options: ListOptions): Promise<void> {
  if (by !== 'kind') throw new UsageError(`--by: “${by}” is unknown; write kind`);
  const { out, style, session } = dump;
  const sort = readSort(options.sort, DOMINATED_KIND_KEYS, 'retained');
  const filters = readFilters(options.filter, DOMINATED_KIND_KEYS);
  const of = at.object?.address ?? 'root';
  const list: Listing<DominatedKindRow> = await listing(at.found ? limitOf(options) : 0, (range) =>
    session.dominatedKinds({ ...range, of, sort, filters }),
  );
  if (options.json) {
    await writeAnswer(dump, 'dominators', {
      asked: at.asked,
      found: at.found,
      of: at.found ? of : null,
      chain: at.chain.map(objectRowKeys),
      total: at.found ? list.total : 0,
      kinds: mapped(list.rows, kindKeys),
      dominated: [],
    });
    return;
  }
  const whose = at.object === null ? 'the roots together' : at.object.address;
  await out.write(`${style.bold(`${counted(list.total, 'type')} of objects dominated by ${whose}.`)}\n\n`);
  await writeTable(out, style, ROWS, list.rows);
  await out.write(moreLine(list.total, list.shown));
}

function kindKeys(row: DominatedKindRow) {
  return {
    type: row.name,
    shape: row.shape,
    evidence: row.evidence,
    count: row.count,
    bytes: row.bytes,
    retainedObjects: row.retainedObjects,
    retainedBytes: row.retainedBytes,
    largest: row.largest.address,
    largestBytes: row.largest.retainedSize,
  };
}

const ROWS: Column<DominatedKindRow>[] = [
  { title: 'Count', align: 'right', cell: (row) => formatCount(row.count) },
  { title: 'Own', align: 'right', cell: (row) => formatBytes(row.bytes) },
  { title: 'Retained', align: 'right', cell: (row) => formatBytes(row.retainedBytes) },
  { title: 'Objects', align: 'right', cell: (row) => formatCount(row.retainedObjects) },
  { title: 'Largest', align: 'left', cell: (row) => row.largest.address },
  { title: 'retains', align: 'right', cell: (row) => formatBytes(row.largest.retainedSize) },
  { title: 'Type', align: 'left', cell: (row) => row.name, flexible: true },
];
