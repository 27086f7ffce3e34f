/** Drawn graphs as files and pictures: pure functions of the wire's `DrawnGraph`. */
export { cardOf, tieNumber } from './card';
export { toDot } from './dot';
export type { Drawing, PlacedNode, Point } from './drawing';
export { executableNote, executableUse } from './executable-words';
export { findingMarkdown, findingsMarkdown, SEVERITY_WORDS, thatLooked } from './findings';
export { toJson } from './json';
export { assemble, laneOf, layOut, rankGap, SPACING } from './lay-out';
export { chatScale, fittedKinds } from './fit-kinds';
export { legendOf } from './legend';
export type { PictureTheme } from './palette';
export { toneOf } from './palette';
export type { PictureOptions } from './svg';
export { pictureSize, PNG_SCALE, pngScale, toSvg } from './svg';
