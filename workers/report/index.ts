/** Drawn graphs as files and pictures: pure functions of the wire's `DrawnGraph`. */
export { CARD_HEIGHT, CARD_PADDING, cardOf, DETAIL_SIZE, edgeLabel, LABEL_SIZE, TITLE_SIZE } from './card';
export { toDot } from './dot';
export type { Box, Drawing, PlacedEdge, PlacedNode, Point } from './drawing';
export { MONO, SANS } from './fonts';
export { formatBytes, formatCount } from './format';
export { EXPORT_SCHEMA, toJson } from './json';
export { assemble, laneOf, layOut, rankGap, SPACING } from './lay-out';
export type { LegendEntry, Sign } from './legend';
export { legendOf } from './legend';
export type { PictureTheme, Tone } from './palette';
export { PALETTES, toneOf } from './palette';
export type { PictureOptions } from './svg';
export { pictureSize, PNG_SCALE, pngScale, toSvg } from './svg';
