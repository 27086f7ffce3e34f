/** Goroutines by stack: what each kind of them alone reaches, what it reaches, and which variables of their frames hold it. */
import { ROOT } from '../../graph/heap-graph';
import { goroutineOfRoot } from '../../graph/root-owner';
import { findAloneAndReaches, type AloneAndReaches } from '../../kinds/alone-and-reaches';
import { findGoroutineKinds, isRuntime, type GoroutineKinds } from '../../kinds/goroutine-kinds';
import type { RootKinds } from '../../kinds/root-kinds';
import type { Work } from '../../lib/work';
import type { AnalysedDump } from '../dump/opened-dump';

/** A variable of the frames of all goroutines of a kind. */
export interface HeldVariable {
  /** Its kind of root, and the first root of it. */
  readonly rootKind: number;
  readonly first: number;
  /** Roots that count. */
  roots: number;
}

export interface GoroutineKindFacts {
  readonly kinds: GoroutineKinds;
  readonly holdings: AloneAndReaches;
  /** kind → numbers of its variables, those that alone reach most first */
  readonly variablesOf: readonly (readonly number[])[];
  readonly variables: readonly HeldVariable[];
  /** By variable: what it alone reaches, whatever else its goroutine has, and what it reaches. */
  readonly variableHoldings: AloneAndReaches;
}

/** Roots that are no goroutine's count as one more holder. */
export function* findGoroutineKindFacts(dump: AnalysedDump, rootKinds: RootKinds): Work<GoroutineKindFacts> {
  const { graph, account, reachability } = dump;
  const { effectiveRoots } = reachability;
  const kinds = findGoroutineKinds(graph.records);
  const object = effectiveRoots.map((root) => graph.roots.target[root]);
  const kindOf = (root: number) => {
    const goroutine = goroutineOfRoot(graph, root);
    return goroutine === null ? kinds.count : kinds.ofGoroutine[goroutine];
  };
  const group = effectiveRoots.map(kindOf);
  const holdings = yield* findAloneAndReaches(dump, { object, group, groupCount: kinds.count + 1 }, account);

  const { variables, variablesOf, ofRoot } = findVariables(dump, kinds, rootKinds, kindOf);
  const starts = { object, group: ofRoot, groupCount: variables.length + 1 };
  const variableHoldings = yield* findAloneAndReaches(dump, starts, account);
  const { aloneBytes, reachedBytes } = variableHoldings;
  for (const own of variablesOf)
    own.sort((a, b) => aloneBytes[b] - aloneBytes[a] || reachedBytes[b] - reachedBytes[a] || a - b);
  return { kinds, holdings, variables, variablesOf, variableHoldings };
}

/** Variables are numbered by their first root; what is none has the number behind the last. Those of the runtime's own calls are none. */
function findVariables(
  { graph, reachability: { effectiveRoots } }: AnalysedDump,
  kinds: GoroutineKinds,
  rootKinds: RootKinds,
  kindOf: (root: number) => number,
): { variables: HeldVariable[]; variablesOf: number[][]; ofRoot: Uint32Array } {
  const variables: HeldVariable[] = [];
  const variablesOf = Array.from(kinds.goroutines, (): number[] => []);
  const known = new Map<string, number>();
  const ofRoot = new Uint32Array(effectiveRoots.length);
  const { kind: rootKindOf, owner } = graph.roots;
  const isVariable = (root: number) =>
    rootKindOf[root] === ROOT.stack && !isRuntime(graph.records.frames[owner[root]].function);
  for (const [at, root] of effectiveRoots.entries()) {
    if (!isVariable(root)) continue;
    const kind = kindOf(root);
    const rootKind = rootKinds.ofRoot[root];
    const key = `${kind} ${rootKind}`;
    let variable = known.get(key);
    if (variable === undefined) {
      variable = variables.push({ rootKind, first: root, roots: 0 }) - 1;
      known.set(key, variable);
      variablesOf[kind].push(variable);
    }
    variables[variable].roots++;
    ofRoot[at] = variable;
  }
  for (const [at, root] of effectiveRoots.entries()) if (!isVariable(root)) ofRoot[at] = variables.length;
  return { variables, variablesOf, ofRoot };
}
