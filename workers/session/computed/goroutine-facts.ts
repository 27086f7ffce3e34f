/** What a person asks of a goroutine first: where it waits in the program's own code, who started it, for how long and for what. */
import type { SourcePlace } from '../../api/rows';
import type { GoroutineRecord } from '../../dump/records';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { creationSites } from '../../goroutines/creation-sites';
import { waitedAtLeast } from '../../goroutines/collections';
import { goroutineWaits, type GoroutineWait } from '../../goroutines/goroutine-wait';
import { ownFunction } from '../../suspects/words/own-function';
import type { OpenedDump } from '../dump/opened-dump';

export interface GoroutineFacts {
  /** Null where no frame is of the program's own code. */
  readonly waitsIn: SourcePlace | null;
  /** The `go` statement; null where nothing tells. */
  readonly createdBy: SourcePlace | null;
  /** See waitedAtLeast. */
  readonly waited: number | null;
  /** Objects that it waits on: channels, what its lock lies in, a coroutine. */
  readonly waitsOn: readonly number[];
}

/** One a goroutine, in the order of the records. Reads what waiting goroutines have noted of their channels. */
export async function findGoroutineFacts(
  dump: OpenedDump,
  checkpoint: AnalysedHeap['checkpoint'],
): Promise<GoroutineFacts[]> {
  const { goroutines } = dump.graph.records;
  const waits = await goroutineWaits({ ...dump, checkpoint });
  const waited = waitedAtLeast(goroutines);
  const placeOf = ownPlaces(dump);
  const creatorOf = creators(dump);
  return goroutines.map((goroutine, index) => ({
    waitsIn: goroutine.system ? null : placeOf(goroutine),
    createdBy: creatorOf(goroutine.goPc),
    waited: waited[index],
    waitsOn: waitedOn(waits[index]),
  }));
}

function waitedOn({ channels, wakers }: GoroutineWait): readonly number[] {
  return channels.length > 0 ? channels : (wakers ?? []);
}

/** The innermost call of the program's own code, functions that were inlined among them. */
function ownPlaces({ graph, naming }: OpenedDump): (goroutine: GoroutineRecord) => SourcePlace | null {
  const { frames } = graph.records;
  const callsAt = cached((pc) => naming.callsAt(pc));
  return ({ firstFrame, frameCount }) => {
    for (let at = firstFrame; at < firstFrame + frameCount; at++) {
      const frame = frames[at];
      // the innermost frame stands at the pc, the others behind a call
      const calls = callsAt(at === firstFrame ? frame.pc : frame.pc - 1);
      const known = calls.length > 0 ? calls : [unplaced(frame.function)];
      const own = ownFunction(known.map(({ function: name }) => name));
      if (own !== null) return known.find(({ function: name }) => name === own) ?? null;
    }
    return null;
  };
}

/** What the runtime's assembly calls for the first goroutine, which no `go` statement started. */
const STARTED_BY_ASSEMBLY = 'runtime.newproc';

function creators(dump: OpenedDump): (goPc: number) => SourcePlace | null {
  const nameOf = creationSites(dump);
  return cached((goPc) => {
    if (goPc === 0) return null;
    const call = dump.naming.callsAt(goPc - 1).at(0);
    const name = nameOf(goPc);
    if (name === STARTED_BY_ASSEMBLY) return null;
    return call ?? (name === null ? null : unplaced(name));
  });
}

function unplaced(name: string): SourcePlace {
  return { function: name, file: null, line: null };
}

function cached<T>(compute: (pc: number) => T): (pc: number) => T {
  const known = new Map<number, T>();
  return (pc) => {
    const before = known.get(pc);
    if (before !== undefined) return before;
    const value = compute(pc);
    known.set(pc, value);
    return value;
  };
}
