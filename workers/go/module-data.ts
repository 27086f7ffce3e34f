/** The runtime's `moduledata` (runtime/symtab.go) from Go 1.16 on: word numbers of its fields. Older ones begin with other fields, and none of these. */
import { rowFor, type GoVersion } from './version';

/** Where the fields are that have moved. */
export interface ModuleFields {
  /** The N of the first Go 1.N that has them so. */
  readonly from: number;
  readonly types: number;
  readonly etypes: number;
  /** Base of funcdata such as inline trees; null before there was one. */
  readonly gofunc: number | null;
}

const ROWS: readonly ModuleFields[] = [
  { from: 27, types: 37, etypes: 39, gofunc: 43 },
  { from: 20, types: 37, etypes: 38, gofunc: 40 },
  { from: 18, types: 35, etypes: 36, gofunc: 38 },
  { from: 16, types: 35, etypes: 36, gofunc: null },
];

/** Fields that none of those versions has moved: of each pair the end follows. */
export const MODULE_FIELDS = { minimumPc: 20, text: 22, data: 26, bss: 28 } as const;
/** Words that a module data has at least. */
export const MODULE_WORDS = 48;

/** The fields of a version, then those of older and of newer ones: what is read with them is checked, so each can be tried. */
export function moduleFields(version: GoVersion): readonly ModuleFields[] {
  const own = ROWS.indexOf(rowFor(ROWS, version));
  return [...ROWS.slice(own), ...ROWS.slice(0, own)];
}
