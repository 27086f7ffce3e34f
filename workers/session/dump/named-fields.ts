/** Fields by the names that a person gives: `main.Node .parent`, or `main.Node.parent`. */
import { EngineError } from '../../api/errors';
import type { Kinds } from '../../kinds/kinds';

/** field → 1 where it is one of those named. Throws `NotFound` for what is no field of this dump. */
export function fieldsNamed(
  { objects, fields }: Pick<Kinds, 'objects' | 'fields'>,
  names: readonly string[],
): Uint8Array {
  const wanted = new Set(names);
  const leftOut = new Uint8Array(fields.count);
  const found = new Set<string>();
  if (names.length === 0) return leftOut;
  for (let field = 0; field < fields.count; field++) {
    const owner = objects.text(fields.owner[field]);
    for (const name of [`${owner} ${fields.text(field)}`, `${owner}${fields.text(field)}`]) {
      if (!wanted.has(name)) continue;
      leftOut[field] = 1;
      found.add(name);
    }
  }
  const unknown = names.find((name) => !found.has(name));
  if (unknown === undefined) return leftOut;
  throw new EngineError('NotFound', `No object of this dump has a field “${unknown}”; write it as main.Node .parent`);
}
