/** What a dump cannot tell, in sentences for a person: by Go version, by state, and by what was found. */
import { HOLDER, type Reachability } from '../../analysis/results';
import { hasCleanups } from '../../go/cleanups';
import { lacksArguments } from '../../go/goroutines';
import type { HeapGraph } from '../../graph/heap-graph';

/** The most important first. `named`: there is an executable that names come from, or will be; `notes`: what could not be read of it. */
export function limitsOf(
  graph: HeapGraph,
  reachability: Reachability,
  named: boolean,
  notes: readonly string[],
): string[] {
  return [
    ...missingRecords(graph),
    ...missingContents(graph),
    ...(named ? [] : [WITHOUT_EXECUTABLE]),
    ...notes,
    'Held by nothing does not mean garbage for certain: the file also has what died since the last collection, and leaves out some holders.',
    ...unrecordedHolders(graph),
    ...stackWords(reachability),
    ...oldArguments(graph),
    'Memory of C code is not in the file, nor are globals without pointers and the data of plugins: what only they refer to looks unreachable.',
    'Package variables have no borders in a dump: where no executable names them, a cycle through one may be missed, or be its neighbour’s.',
    'A channel does not point at the goroutines that wait on it; the runtime links them the other way round.',
    'Inlined calls have no frame: what they hold shows in the frame of their caller.',
  ];
}

const WITHOUT_EXECUTABLE =
  'Names of types and fields need the executable; without it, few types are known, and other objects are told apart by their size and by where their pointers lie.';

function missingRecords({ records }: HeapGraph): string[] {
  if (records.state === 'whole' || !records.issue) return [];
  const lost = records.issue.lost.join(', ');
  const end = records.state === 'truncated' ? 'The file ends early' : 'The file is damaged';
  return [`${end}: without ${lost || 'what follows'}. What only they hold looks unreachable.`];
}

function missingContents({ contentsAt, objectCount }: HeapGraph): string[] {
  let missing = 0;
  for (let id = 1; id <= objectCount; id++) if (contentsAt[id] < 0) missing++;
  if (missing === 0) return [];
  const objects = missing === 1 ? 'The contents of 1 object are' : `The contents of ${missing} objects are`;
  return [`${objects} not in the file: what they point at is unknown.`];
}

function unrecordedHolders({ records }: HeapGraph): string[] {
  if (!hasCleanups(records.params.go)) return [];
  return [
    'Cleanups (runtime.AddCleanup) and weak pointers leave no trace: an object that only a cleanup keeps, as those of os.File and net.Conn, shows as held by nothing.',
  ];
}

function stackWords({ objects, bytes }: Reachability): string[] {
  const held = objects[HOLDER.stackWord];
  const alone = held === 1 ? '1 object' : `${held} objects`;
  const found = held === 0 ? 'nothing' : `${alone} (${bytes[HOLDER.stackWord]} bytes), marked weak`;
  return [
    `Lists of a frame's pointers leave out variables used by address, closures on the stack and most pending defers: words of stacks stand in for them, and may be stale. Here they alone hold ${found}.`,
  ];
}

function oldArguments({ records }: HeapGraph): string[] {
  if (!lacksArguments(records.params.go, records.params.architecture)) return [];
  return ['Dumps of this Go leave out the arguments of a goroutine’s function: what only they hold looks unreachable.'];
}
