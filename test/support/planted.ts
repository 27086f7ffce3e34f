/** What the fixtures' programs planted, held against what naming says of it. */
import { valueAddress } from '../../workers/graph/heap-graph';
import { NONE } from '../../workers/lib/none';
import type { Naming } from '../../workers/naming/naming';
import { truthOf } from './dumps';

/** What the programs call by a name of their own, or as a pointer to what lies there. */
const SAME = new Map([
  ['main.Fn closure', 'closure main.main.func1'],
  ['func(int) int', 'func(int) int'],
  ['main.Ptrish (stored directly)', 'main.Circle'],
  ['*main.Circle', 'main.Circle'],
  ['*main.reader', 'main.reader'],
  ['*errors.errorString', 'errors.errorString'],
  ['*fmt.wrapError', 'fmt.wrapError'],
  ['string bytes', 'string'],
]);
/** Pointer-free values below 16 bytes share slots. */
const SMALL = new Set(['int', 'uint16', 'main.Num']);

/** Types that no executable holds. */
const UNNAMEABLE = new Set(['struct made by reflect.StructOf']);

export interface Difference {
  object: string;
  type: string;
  named: string;
}

/** Planted objects of a dump, and those whose name is not what their program printed; `named` is `nothing` where there is none. */
export function plantedDifferences(naming: Naming, dump: string): { planted: number; wrong: Difference[] } {
  const planted = truthOf(dump).objects.filter(({ where, type }) => where === 'heap' && !UNNAMEABLE.has(type));
  const wrong: Difference[] = [];
  for (const { name, addr, type } of planted) {
    const objectId = naming.graph.index.objectAt(Number(addr));
    const label = objectId === NONE ? 'no object' : (naming.label(objectId).type ?? 'nothing');
    // That code runs it is right of any closure.
    const named = label.startsWith('closure with code at') && type.startsWith('closure') ? 'nothing' : label;
    // Values inside a slot that is shared have no name of their own.
    if (objectId !== NONE && Number(addr) !== valueAddress(naming.graph, objectId)) continue;
    if (!same(named, type)) wrong.push({ object: name, type, named });
  }
  return { planted: planted.length, wrong };
}

export interface FieldDifferences {
  planted: number;
  right: number;
  wrong: string[];
}

/** References that a program printed, and those whose field is called otherwise. Objects that have no type have no fields. */
export function plantedFields(naming: Naming, dump: string): FieldDifferences {
  const { objects, refs } = truthOf(dump);
  const addressOf = new Map(objects.map(({ name, addr }) => [name, Number(addr)]));
  const found: FieldDifferences = { planted: 0, right: 0, wrong: [] };
  for (const { from, offset, field } of refs ?? []) {
    const objectId = naming.graph.index.objectAt(addressOf.get(from) ?? 0);
    if (objectId === NONE || !naming.typeOf(objectId)) continue;
    const inside = (addressOf.get(from) ?? 0) - valueAddress(naming.graph, objectId);
    const path = naming.fieldPath(objectId, inside + offset);
    found.planted++;
    if (path !== null && sameField(path, field)) found.right++;
    else if (path !== null && !NAMELESS_FIELD.test(path)) found.wrong.push(`${from} +${offset}: ${path} is ${field}`);
  }
  return found;
}

/** A variable on its own has no field, and a captured one no name where debug information leaves it out. */
const NAMELESS_FIELD = /^$|^captured X\d/;
/** Where a program printed another name than its field's. */
const PRINTED_AS = new Map([['reader', 'r']]);

/** `[99].next` of a slice is `rows[99].next`, and `.tiny[3]` is in `tiny`; the data word of an interface is the interface. */
function sameField(path: string, field: string): boolean {
  const printed = field
    .replace(/ \(.*\)$/, '')
    .replace(/^captured /, '')
    .replace(/\.(ptr|data)$/, '')
    .replace(/^receiver$/, 'R');
  const plain = PRINTED_AS.get(printed) ?? printed;
  const mine = path.replace(/^(\.|captured )/, '');
  return mine === plain || mine.startsWith(`${plain}[`) || (mine.startsWith('[') && plain.endsWith(mine));
}

/** The programs print types in words of their own for what has no name in Go. */
function same(named: string, type: string): boolean {
  const closure = /^(?:closure|method value) (.*)$/.exec(type);
  if (closure) return named === `closure ${closure[1]}`;
  const backing = /^\[\](.*?) backing/.exec(type);
  if (backing)
    return new RegExp(`^\\[\\d+\\](.*\\.)?${backing[1].replace('*', '\\*').replace('byte', 'uint8')}$`).test(
      named.replace('*main.', '*'),
    );
  if (type === 'string bytes' && /^\[\d+\]uint8$/.test(named)) return true;
  return named === type || SAME.get(type) === named || (named === 'tiny' && SMALL.has(type));
}
