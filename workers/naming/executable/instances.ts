/**
 * Which instance of a generic type a shape stands for. `main.Listener[go.shape.*uint8]` is how the values of all instances with a pointer for its
 * argument lie: the dictionary of the code that speaks of it tells which one it means, and where a program has one such instance, that is it.
 */
import { KIND } from '../../go/type-kinds';
import { isShape } from '../types/bare';
import type { GoType } from '../types/go-type';
import type { KnownTypes } from '../types/known-types';
import type { TypeNames } from '../types/type-names';
import { argumentsIn, splitArguments, type Dictionaries } from './dictionaries';

export class Instances {
  /** id of a shape → the one instance that it can be, null where there are several or none is known */
  private readonly only = new Map<number, GoType | null>();

  constructor(
    private readonly names: Pick<TypeNames, 'find' | 'startingWith'>,
    private readonly known: KnownTypes,
    private readonly dictionaries: Pick<Dictionaries, 'argumentsAt' | 'typesAt'>,
  ) {}

  /** The one instance of a shape that the program has; null where there are more, or none is described. */
  onlyOne(shape: GoType): GoType | null {
    const known = this.only.get(shape.id);
    if (known !== undefined) return known;
    const fitting = this.instancesOf(shape);
    const only = fitting.length === 1 ? fitting[0] : null;
    this.only.set(shape.id, only);
    return only;
  }

  /**
   * The instance that a shape stands for in code with a dictionary; null where that does not tell.
   * @param code the function, `main.NewCached[go.shape.string].func1`
   * @param dictionary its address in the dump
   * @param words of it
   */
  byDictionary(shape: GoType, code: string, dictionary: number, words: number): GoType | null {
    if (genericName(shape) === null) return null;
    const named = this.bySymbol(shape, code, dictionary);
    if (named) return named;
    const spoken = this.dictionaries.typesAt(dictionary, words);
    const fitting = this.instancesOf(shape).filter((type) => spoken.has(type));
    return fitting.length === 1 ? fitting[0] : null;
  }

  private bySymbol(shape: GoType, code: string, dictionary: number): GoType | null {
    const real = this.dictionaries.argumentsAt(dictionary);
    const shapes = argumentsIn(code);
    if (real === null || shapes === null) return null;
    const [from, to] = [splitArguments(shapes), splitArguments(real)];
    if (from.length !== to.length) return null;
    let name = shape.name;
    for (const [i, text] of from.entries()) name = replaceArgument(name, text, to[i]);
    return this.find(shape, name);
  }

  /** A type by name; pointers to one need no descriptor of their own. */
  private find(shape: GoType, name: string): GoType | null {
    const found = this.names.find(name);
    if (found) return sameLayout(shape, found) ? found : null;
    const inner = shape.kind === KIND.pointer && shape.element ? this.find(shape.element, name.slice(1)) : null;
    return inner && this.known.pointerTo(inner);
  }

  private instancesOf(shape: GoType): GoType[] {
    if (shape.kind === KIND.pointer && shape.element && isShape(shape.element))
      return this.instancesOf(shape.element).map((type) => this.known.pointerTo(type));
    const generic = genericName(shape);
    const alike = generic === null ? [] : this.names.startingWith(`${generic}[`);
    return alike.filter((type) => !isShape(type) && sameLayout(shape, type));
  }
}

/** `main.Listener` of its instances, and of pointers to them; null for a bare parameter and for unnamed types made of one: allocators say the shape of those. */
function genericName(shape: GoType): string | null {
  if (shape.kind === KIND.pointer) return shape.element && genericName(shape.element);
  const bracket = shape.name.indexOf('[');
  return bracket > 0 && shape.packagePath !== null && shape.packagePath !== 'go.shape'
    ? shape.name.slice(0, bracket)
    : null;
}

/** `from` where it stands as an argument, whole. */
function replaceArgument(name: string, from: string, to: string): string {
  let replaced = '';
  let at = 0;
  for (let found = name.indexOf(from); found >= 0; found = name.indexOf(from, at)) {
    const end = found + from.length;
    const whole = !/[\w.]/.test(name[found - 1] ?? ' ') && !/[\w.]/.test(name[end] ?? ' ');
    replaced += name.slice(at, found) + (whole ? to : from);
    at = end;
  }
  return replaced + name.slice(at);
}

/** Do values of two types lie in the same way, field by field? */
function sameLayout(a: GoType, b: GoType): boolean {
  if (a.kind !== b.kind || a.size !== b.size || a.fields.length !== b.fields.length) return false;
  const [before, after] = [a.mask, b.mask];
  if (before && after && (before.length !== after.length || before.some((offset, i) => offset !== after[i])))
    return false;
  return a.fields.every(({ offset, type }, i) => {
    const other = b.fields[i];
    return offset === other.offset && type.kind === other.type.kind && type.size === other.type.size;
  });
}
