/** Goroutines by stack, as a list and as rows. Items are kinds of goroutines. */
import type { GoroutineKindRow, GroupVariable, StateCount } from '../../api/kind-rows';
import type { GoroutineKindColumn } from '../../api/session';
import type { Kinds } from '../../kinds/kinds';
import type { GoroutineFacts } from '../computed/goroutine-facts';
import type { GoroutineKindFacts } from '../computed/goroutine-kind-facts';
import { groupBy } from '../../lib/group-by';
import { placeWords } from '../../lib/format';
import type { OpenedDump } from '../dump/opened-dump';
import { countColumn, numbered, ownTextColumn, type Table } from '../list/table';
import { entryOf, stateOf, topOf, waitReasonOf } from '../rows/goroutine-state';
import { groupHoldings, holdingColumns } from './group-holdings';

/** Variables that a row shows; the total says how many there are. */
const SHOWN_VARIABLES = 8;

/** What is computed of all goroutines and of their kinds. */
export interface GoroutineKindFigures {
  readonly kinds: Kinds;
  readonly groups: GoroutineKindFacts;
  /** goroutine → … */
  readonly facts: readonly GoroutineFacts[];
}

export function goroutineKindTable(
  dump: OpenedDump,
  { kinds, groups, facts }: GoroutineKindFigures,
): Table<GoroutineKindColumn> {
  const { goroutines, count } = groups.kinds;
  const firstOf = (kind: number) => facts[goroutines[kind][0]];
  return numbered('goroutines by stack', count, {
    count: countColumn((kind) => goroutines[kind].length),
    state: ownTextColumn(count, (kind) => stateWords(statesOf(dump, goroutines[kind]))),
    waits: ownTextColumn(count, (kind) => placeWords(firstOf(kind).waitsIn)),
    created: ownTextColumn(count, (kind) => placeWords(firstOf(kind).createdBy)),
    waited: countColumn((kind) => longestWait(facts, goroutines[kind]) ?? 0),
    variables: ownTextColumn(count, (kind) => namesOf(groups, kinds, kind).join(', ')),
    ...holdingColumns(groups.holdings, (kind) => kind),
  });
}

export function goroutineKindRow(
  dump: OpenedDump,
  { kinds, groups, facts }: GoroutineKindFigures,
  kind: number,
): GoroutineKindRow {
  const { records } = dump.graph;
  const members = groups.kinds.goroutines[kind];
  const [first] = members;
  const variables = groups.variablesOf[kind];
  const record = records.goroutines[first];
  return {
    first: record.id,
    count: members.length,
    states: statesOf(dump, members),
    system: record.system,
    entry: entryOf(records, record),
    top: topOf(records, record),
    waitsIn: facts[first].waitsIn,
    createdBy: facts[first].createdBy,
    waitedAtLeast: longestWait(facts, members),
    variables: variables.slice(0, SHOWN_VARIABLES).map((variable) => variableRow(dump, groups, kinds, variable)),
    variablesTotal: variables.length,
    ...groupHoldings(groups.holdings, kind),
  };
}

function variableRow(
  { graph }: OpenedDump,
  { variables, variableHoldings }: GoroutineKindFacts,
  kinds: Kinds,
  variable: number,
): GroupVariable {
  const { rootKind, first, roots } = variables[variable];
  return {
    name: kinds.roots.text(rootKind),
    type: kinds.objects.text(kinds.objects.ofObject[graph.roots.target[first]]),
    roots,
    ...groupHoldings(variableHoldings, variable),
  };
}

function namesOf({ variablesOf, variables }: GoroutineKindFacts, { roots }: Kinds, kind: number): string[] {
  return variablesOf[kind].map((variable) => roots.text(variables[variable].rootKind));
}

/** That of most first; of equally many, that of the first. */
function statesOf({ graph }: OpenedDump, members: readonly number[]): StateCount[] {
  const records = members.map((index) => graph.records.goroutines[index]);
  const groups = groupBy(records, (record) => `${stateOf(record)} ${waitReasonOf(record) ?? ''}`);
  return [...groups.values()]
    .map((same) => ({ state: stateOf(same[0]), waitReason: waitReasonOf(same[0]), count: same.length }))
    .sort((a, b) => b.count - a.count);
}

function stateWords(states: readonly StateCount[]): string {
  return states.map(({ state, waitReason }) => (waitReason === null ? state : `${state} ${waitReason}`)).join(', ');
}

function longestWait(facts: readonly GoroutineFacts[], members: readonly number[]): number | null {
  let longest: number | null = null;
  for (const index of members) {
    const { waited } = facts[index];
    if (waited !== null && (longest === null || waited > longest)) longest = waited;
  }
  return longest;
}
