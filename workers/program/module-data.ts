/**
 * The runtime's `moduledata`: where text, data, types and itabs lie. Found by symbol, by its own section (1.26+), or by the word that points
 * at the pclntab; checked before it is believed. Word numbers of the fields by version are in FIELDS; a version newer than the table is
 * tried with the newest layout and then checked in the same way.
 */
import type { ProgramImage } from './image';

export interface ModuleData {
  text: number;
  etext: number;
  data: number;
  edata: number;
  bss: number;
  ebss: number;
  types: number;
  etypes: number;
  /** Base of funcdata such as inline trees; null before 1.18. */
  gofunc: number | null;
}

/** Word numbers of fields, from the first version that has them; shared by all: text 22 … ebss 29. */
const FIELDS = [
  { minor: 27, types: 37, etypes: 39, gofunc: 43 },
  { minor: 20, types: 37, etypes: 38, gofunc: 40 },
  { minor: 18, types: 35, etypes: 36, gofunc: 38 },
  { minor: 16, types: 35, etypes: 36, gofunc: null },
];
const MINIMUM_PC = 20;
const TEXT = 22;
const DATA = 26;
const BSS = 28;

/** The module data of the main program, or null where none checks out. `pclntab` is the table's address. */
export function findModuleData(image: ProgramImage, pclntab: number, minor: number): ModuleData | null {
  const order = FIELDS.filter((fields) => !(fields.minor > minor)).concat(
    FIELDS.filter((fields) => fields.minor > minor),
  );
  for (const at of candidates(image, pclntab)) {
    for (const fields of order) {
      const found = readModuleData(image, at, fields);
      if (found) return found;
    }
  }
  return null;
}

function* candidates(image: ProgramImage, pclntab: number): Generator<number> {
  const symbol = image.symbol('runtime.firstmoduledata');
  if (symbol) yield symbol.address;
  const section = image.section('.go.module', '__go_module');
  if (section) yield section.address;
  const P = image.pointerBytes;
  for (const segment of image.segments) {
    const end = segment.address + segment.bytes.length - 48 * P;
    for (let at = Math.ceil(segment.address / P) * P; at <= end; at += P) if (image.word(at) === pclntab) yield at;
  }
}

function readModuleData(image: ProgramImage, at: number, fields: (typeof FIELDS)[number]): ModuleData | null {
  const P = image.pointerBytes;
  if (!image.has(at, 48 * P)) return null;
  const word = (index: number): number => image.word(at + index * P);
  const [text, etext, minimum, maximum] = [word(TEXT), word(TEXT + 1), word(MINIMUM_PC), word(MINIMUM_PC + 1)];
  const [types, etypes] = [word(fields.types), word(fields.etypes)];
  const found = {
    text,
    etext,
    data: word(DATA),
    edata: word(DATA + 1),
    bss: word(BSS),
    ebss: word(BSS + 1),
    types,
    etypes,
    gofunc: fields.gofunc === null ? null : word(fields.gofunc),
  };
  const ordered =
    text < etext &&
    minimum >= text &&
    maximum <= etext &&
    found.data <= found.edata &&
    found.bss <= found.ebss &&
    types < etypes;
  return ordered && image.has(types) && image.has(etypes - 1) ? found : null;
}
