/**
 * Phantom objects. Since Go 1.22 the end of a small-slot page holds the collector's metadata, and the writer of dumps
 * takes it for slots. They are the last slots of their page; where they begin follows from the slot size and from
 * whether the page holds pointers, which the slots before tell, or, where none of those is allocated, the metadata
 * itself. Without Green Tea the metadata tells nothing: such a page is guessed to hold pointers, and decided anew where
 * a recorded pointer leads to a slot that was dropped.
 */
import type { HeapLayout } from '../go/malloc-headers';
import { PAGE_BYTES } from '../go/size-classes';

export interface PageLimits {
  /** Slots that the writer sees. */
  slots: number;
  /** Real slots when the page holds pointers, and when it does not. */
  scan: number;
  noscan: number;
}

export function pageLimits(layout: HeapLayout, slotBytes: number): PageLimits {
  const bitmap = PAGE_BYTES / 8 / layout.pointerBytes;
  const marks = slotBytes >= layout.smallestWithMarks ? layout.markBytes : 0;
  return {
    slots: Math.floor(PAGE_BYTES / slotBytes),
    scan: Math.floor((PAGE_BYTES - marks - bitmap) / slotBytes),
    noscan: Math.floor((PAGE_BYTES - marks) / slotBytes),
  };
}

/** What was seen of a page's slots. */
export interface PageEvidence {
  slotBytes: number;
  /** A slot below `scan` is allocated; one of those lists pointers. */
  anyBelow: boolean;
  pointersBelow: boolean;
  /** Allocated slots from `scan` on. */
  above: number;
  /** The page's last byte, where a slot holds it: with Green Tea the span class, even when the page holds pointers. */
  lastByte: number;
}

/** Slots of the page that are objects; those from here on are phantoms. `guessed` where nothing on the page proves that it holds pointers. */
export function realSlots(
  layout: HeapLayout,
  limits: PageLimits,
  evidence: PageEvidence,
): { slots: number; guessed: boolean } {
  const sure = (slots: number): { slots: number; guessed: boolean } => ({ slots, guessed: false });
  if (evidence.anyBelow) return sure(evidence.pointersBelow ? limits.scan : limits.noscan);
  if (evidence.above < limits.slots - limits.scan) return sure(limits.noscan);
  const hasClass = layout.markBytes > 0 && evidence.slotBytes >= layout.smallestWithMarks;
  const classIsSeen = hasClass && limits.slots * evidence.slotBytes === PAGE_BYTES;
  if (classIsSeen) return sure(evidence.lastByte % 2 === 1 ? limits.noscan : limits.scan);
  return { slots: limits.scan, guessed: limits.scan < limits.noscan };
}
