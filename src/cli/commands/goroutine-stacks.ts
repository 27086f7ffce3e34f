/** `heapknot goroutines --by stack`: one row for all goroutines that stand at the same calls. */
import { absentPart, GOROUTINE_KIND_KEYS } from '../../../workers/api';
import type { GoroutineKindRow, GroupVariable, StateCount } from '../../../workers/api';
import { counted, formatBytes, formatCount, placeWords, variableWords, waitedWords } from '../../../workers/lib/format';
import type { CommandHost } from '../command-host';
import { EXIT, UsageError } from '../exit';
import type { ExitCode } from '../exit';
import { collected, listing, mapped, moreLine } from '../lists';
import { withDump } from '../open-dump';
import type { OpenDump } from '../open-dump';
import { limitOf, readFilters, readSort } from '../options';
import type { ListOptions } from '../options';
import { writeAnswer } from '../output/document';
import { placeKeys } from '../output/place';
import { writeTable } from '../output/table';
import type { Column } from '../output/table';

/** Variables that a line of the table names. */
const SHOWN_VARIABLES = 3;

export async function answerByStack(
  host: CommandHost,
  file: string,
  by: string,
  options: ListOptions,
): Promise<ExitCode> {
  if (by !== 'stack') throw new UsageError(`--by: “${by}” is unknown; write stack`);
  const sort = readSort(options.sort, GOROUTINE_KIND_KEYS, 'alone');
  const filters = readFilters(options.filter, GOROUTINE_KIND_KEYS);
  return withDump(host.io, file, options, async (dump) => {
    const { out, style, session, summary } = dump;
    const list = await listing(limitOf(options), (range) => session.goroutineKinds({ ...range, sort, filters }));
    if (options.json) {
      const groups = mapped(list.rows, (row) => groupKeys(dump, row));
      await writeAnswer(dump, 'goroutines', { total: list.total, groups, goroutines: [] });
      return EXIT.answered;
    }
    const headline =
      absentPart(summary.dump, 'goroutines and their stacks') ??
      `${counted(summary.goroutines.total, 'goroutine')}, ${counted(list.total, 'stack')}.`;
    await out.write(`${style.bold(headline)}\n\n`);
    await writeTable(out, style, ROWS, list.rows);
    await out.write(moreLine(list.total, list.shown));
    return EXIT.answered;
  });
}

async function groupKeys(dump: OpenDump, row: GoroutineKindRow) {
  const [{ state, waitReason }] = row.states;
  return {
    count: row.count,
    state,
    wait: waitReason,
    states: row.states.map((each) => ({ state: each.state, wait: each.waitReason, count: each.count })),
    system: row.system,
    function: row.waitsIn?.function ?? row.entry ?? row.top,
    file: row.waitsIn?.file ?? null,
    line: row.waitsIn?.line ?? null,
    createdBy: row.createdBy && placeKeys(row.createdBy),
    waitedAtLeast: row.waitedAtLeast,
    alone: row.alone,
    reaches: row.reaches,
    variables: row.variables.map(variableKeys),
    variablesTotal: row.variablesTotal,
    ids: await idsOf(dump, row.first),
  };
}

function variableKeys({ name, type, roots, alone, reaches }: GroupVariable) {
  return { name, type, roots, alone, reaches };
}

/** All of them, ascending. */
async function idsOf({ session }: OpenDump, like: number): Promise<number[]> {
  const sort = { column: 'id', descending: false } as const;
  const list = await listing(Infinity, (range) => session.goroutines({ ...range, like, sort }));
  return (await collected(list)).map(({ id }) => id);
}

const ROWS: Column<GoroutineKindRow>[] = [
  { title: 'Count', align: 'right', cell: (row) => formatCount(row.count) },
  { title: 'State', align: 'left', cell: (row) => statesText(row.states), flexible: true },
  { title: 'Waited', align: 'right', cell: (row) => waitedWords(row.waitedAtLeast) },
  { title: 'Alone', align: 'right', cell: (row) => formatBytes(row.alone.bytes) },
  { title: 'Reaches', align: 'right', cell: (row) => formatBytes(row.reaches.bytes) },
  {
    title: 'Waits in',
    align: 'left',
    cell: (row) => placeWords(row.waitsIn) || (row.entry ?? row.top ?? ''),
    flexible: true,
  },
  { title: 'Started by', align: 'left', cell: (row) => placeWords(row.createdBy), flexible: true },
  { title: 'Variables', align: 'left', cell: (row) => variablesText(row), flexible: true },
];

/** `IO wait`; `IO wait 39, runnable 2` where they are not in one state. */
function statesText(states: readonly StateCount[]): string {
  const words = (one: StateCount) => one.waitReason ?? one.state;
  if (states.length === 1) return words(states[0]);
  return states.map((one) => `${words(one)} ${formatCount(one.count)}`).join(', ');
}

/** The variables that hold most, by their names alone: the functions are those of the stack. */
function variablesText({ variables }: GoroutineKindRow): string {
  return variables
    .slice(0, SHOWN_VARIABLES)
    .map(({ name }) => variableWords(name))
    .join(', ');
}
