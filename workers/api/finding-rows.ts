/** The rows of findings, and of what would let go of an object or a cycle. */
import type { RootLabel } from './rows';
import type { Address, Confidence, Page, Severity, TypeLabel } from './values';

/** Something that a person can open to see a finding for themselves, and a sentence about it. */
export type EvidenceRow =
  | { kind: 'object'; address: Address; label: TypeLabel; text: string }
  /** `entry`: outermost function of the user's code that its stack shows. */
  | { kind: 'goroutine'; goroutine: number; entry: string | null; text: string }
  | { kind: 'cycle'; cycle: number; text: string };

/** A reference which, cut, lets objects go. */
export interface CutRow {
  from: Address | 'root';
  fromLabel: TypeLabel | null;
  root: RootLabel | null;
  /** Of the pointer in the referring object's value; null for a root, and where all pointers of that object to `to` are meant. */
  offset: number | null;
  field: string | null;
  to: Address;
  toLabel: TypeLabel;
  /** What would go. */
  objects: number;
  bytes: number;
  /** False where the search was bounded, and more or less may go. */
  exact: boolean;
}

/** A reference that holds an object or a cycle, and what it holds alone. */
export interface RatedCutRow extends CutRow {
  /** `entering`: from outside; `inner`: between members of a cycle, which is none any more without it. */
  kind: 'entering' | 'inner';
  /**
   * Pointers that are cut together: all that one object has to `to`, all that one goroutine has, all that one finalizer keeps. One of several
   * alone would free nothing.
   */
  pointers: number;
}

/** What would let go of an object or a cycle: single references, most bytes first, those that free nothing alone last. */
export interface Cuts {
  rows: RatedCutRow[];
  /** How many there are to choose from. */
  total: number;
  /** Of those, how many were tried; `rows` are the best of them. */
  tried: number;
  /** Holders outside, tried or not. */
  entering: number;
  /** What goes without all that refers to it from outside. */
  together: { objects: number; bytes: number; exact: boolean };
  /** False where there are more references than were tried. */
  complete: boolean;
}

/** What looks wrong, what proves it, and what to do about it. All texts are sentences for a person. */
export interface FindingRow {
  /** The same in every dump of a program, where no other finding of the detector has the same key. */
  id: string;
  detector: string;
  /** What an ignore file knows it by: functions, types, fields and shapes; no addresses, counts or sizes. */
  key: string;
  severity: Severity;
  confidence: Confidence;
  /** What the confidence rests on. */
  basis: string;
  /** One line: what, how many, where. */
  title: string;
  /** What would be freed together if the thing were gone, each object counted once. */
  objects: number;
  bytes: number;
  /** Strongest first; `title` tells how many there are. */
  evidence: EvidenceRow[];
  /** Why it is a problem in Go. */
  why: string;
  /** How to fix it, and the same as Go before and after. */
  fix: string;
  before: string | null;
  after: string | null;
  /** What would let go, most bytes first; empty where nothing single would. */
  cut: CutRow[];
}

/** What became of one detector. */
export interface DetectorRow {
  name: string;
  /** What it looks for, in a few words. */
  title: string;
  /** Findings. */
  found: number;
  /** Why it could not look, or not everywhere, in a sentence; null where it could. */
  skipped: string | null;
}

/** Findings, worst severity first, then most bytes; and every detector that ran. */
export interface FindingsPage extends Page<FindingRow> {
  detectors: DetectorRow[];
}
