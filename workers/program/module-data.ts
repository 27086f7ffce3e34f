/**
 * The runtime's `moduledata`: where text, data, types and itabs lie. Found by symbol, by its own section (1.26+), or by the word that points
 * at the pclntab; checked before it is believed. The fields of the program's version are tried first, then those of all others.
 */
import { MODULE_FIELDS, MODULE_WORDS, moduleFields, type ModuleFields } from '../go/module-data';
import type { GoVersion } from '../go/version';
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

/** The module data of the main program, or null where none checks out. `pclntab` is the table's address. */
export function findModuleData(image: ProgramImage, pclntab: number, version: GoVersion): ModuleData | null {
  const order = moduleFields(version);
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
    const end = segment.address + segment.bytes.length - MODULE_WORDS * P;
    for (let at = Math.ceil(segment.address / P) * P; at <= end; at += P) if (image.word(at) === pclntab) yield at;
  }
}

function readModuleData(image: ProgramImage, at: number, fields: ModuleFields): ModuleData | null {
  const P = image.pointerBytes;
  if (!image.has(at, MODULE_WORDS * P)) return null;
  const word = (index: number): number => image.word(at + index * P);
  const numbers = MODULE_FIELDS;
  const [text, etext] = [word(numbers.text), word(numbers.text + 1)];
  const [minimum, maximum] = [word(numbers.minimumPc), word(numbers.minimumPc + 1)];
  const [types, etypes] = [word(fields.types), word(fields.etypes)];
  const found = {
    text,
    etext,
    data: word(numbers.data),
    edata: word(numbers.data + 1),
    bss: word(numbers.bss),
    ebss: word(numbers.bss + 1),
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
