/** One goroutine with its stack and the pointers that its frames and records hold. */
import type { FrameRow, GoroutineDetail } from '../../api/rows';
import { MAX_PAGE } from '../../api/values';
import { ROOT } from '../../graph/heap-graph';
import { formatAddress } from '../dump/address';
import type { AnalysedDump } from '../dump/opened-dump';
import { goroutineRow, type GoroutineFigures } from './goroutine-table';
import { rootRow } from '../rows/root-rows';

/** Pointers shown for one frame; the total says how many there are. */
const FRAME_ROOTS = 50;

/** `index` is of records.goroutines. Frames are innermost first, at most MAX_PAGE of them; `frames` counts all. */
export function goroutineDetail(dump: AnalysedDump, figures: GoroutineFigures, index: number): GoroutineDetail {
  const { records, roots } = dump.graph;
  const { firstFrame, frameCount } = records.goroutines[index];
  const own = dump.roots.ofGoroutine(index);
  const shown = Math.min(frameCount, MAX_PAGE);
  return {
    ...goroutineRow(dump, figures, index),
    stack: Array.from({ length: shown }, (_, depth) => frameRow(dump, firstFrame + depth, own)),
    other: Array.from(own)
      .filter((root) => roots.kind[root] === ROOT.goroutine)
      .slice(0, MAX_PAGE)
      .map((root) => rootRow(dump, root)),
  };
}

function frameRow(dump: AnalysedDump, frameIndex: number, ofGoroutine: Uint32Array): FrameRow {
  const { records, roots } = dump.graph;
  const frame = records.frames[frameIndex];
  const own = ofGoroutine.filter((root) => roots.kind[root] === ROOT.stack && roots.owner[root] === frameIndex);
  return {
    depth: frame.depth,
    function: frame.function,
    pc: formatAddress(frame.pc),
    sp: formatAddress(frame.address),
    bytes: frame.bytes,
    roots: Array.from(own.subarray(0, FRAME_ROOTS), (root) => rootRow(dump, root)),
    rootsTotal: own.length,
  };
}
