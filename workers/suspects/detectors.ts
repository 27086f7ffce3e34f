/** All detectors, in the order in which they run: those that need little first. */
import type { Detector } from './detector';

export const DETECTORS: readonly Detector[] = [];
