/**
 * What frames tell: receivers of methods, interface values, and by debug information their variables. Variables may be dead though their location
 * says otherwise, so all that the heap and its records tell goes before them.
 */
import type { Dwarf } from '../../program/dwarf/dwarf';
import { segmentMemory } from '../../graph/contents/object-memory';
import type { FrameRecord } from '../../dump/records';
import { variablesOf } from '../executable/frame-variables';
import type { TypeNames } from '../types/type-names';
import type { TypeSpace } from '../types/type-space';
import { VariableWords, type FrameMemory } from './frame-words';
import type { Propagation } from './propagation';
import { tellReceiver } from './receivers';
import { seedInterfaces } from './root-seeds';
import type { StackFrame, StackValues } from './stack-values';

/** Stack frames between two checkpoints. */
const FRAMES_BETWEEN = 256;

export interface FrameSources {
  readonly walk: Propagation;
  readonly stack: StackValues;
  readonly names: TypeNames;
  readonly types: TypeSpace;
  readonly dwarf: Dwarf | null;
  readonly slide: number;
}

/** Tells what the frames of all goroutines do. */
export async function seedFrames(sources: FrameSources, checkpoint: () => void | Promise<void>): Promise<void> {
  const { graph } = sources.walk;
  const { frames, params } = graph.records;
  for (let first = 0, end = 0; first < frames.length; first = end) {
    const stack: StackFrame[] = [];
    for (end = first; end < frames.length && frames[end].goroutine === frames[first].goroutine; end++) {
      if (end % FRAMES_BETWEEN === 0) await checkpoint();
      stack.push({ frame: frames[end], memory: await segmentMemory(graph, frames[end]) });
    }
    seedStack(sources, stack, params.architecture === 'amd64');
  }
}

/** The frames of one goroutine, innermost first. */
function seedStack(sources: FrameSources, stack: readonly StackFrame[], registerArguments: boolean): void {
  const { walk, names, dwarf } = sources;
  sources.stack.enter(stack);
  const memories = stack.map(({ frame, memory }): FrameMemory => ({ memory, live: new Set(frame.pointerOffsets) }));
  for (const [i, { frame, memory }] of stack.entries()) {
    if (i > 0 && registerArguments)
      tellReceiver(walk, names, stack[i - 1].frame.function, { pointerOffsets: frame.pointerOffsets, memory });
    if (dwarf) seedVariables(sources, dwarf, frame, memories[i], memories.at(i + 1) ?? null);
    seedInterfaces(walk, frame, memory);
  }
}

function seedVariables(
  { walk, types, slide }: FrameSources,
  dwarf: Dwarf,
  frame: FrameRecord,
  memory: FrameMemory,
  caller: FrameMemory | null,
): void {
  for (const { name, type, pieces } of variablesOf(frame, dwarf, types, slide)) {
    const words = new VariableWords(memory, caller, pieces, type);
    const whole = { name: `${frame.function}: ${name}`, address: 0, size: type.size, type, count: 1 };
    walk.walkFrameVariable({ ...whole, role: 'variable' }, type, words);
  }
}
