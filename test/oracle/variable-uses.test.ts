/** What code says of package variables, against what debug information says of the same ones. */
import { describe, expect, test } from 'vitest';
import { KIND } from '../../workers/go/type-kinds';
import { finish } from '../../workers/lib/work';
import { scanCode } from '../../workers/program/code-scan';
import { Dwarf } from '../../workers/program/dwarf/dwarf';
import type { VariableUse } from '../../workers/program/variable-uses';
import { packageVariables, variableAt } from '../../workers/naming/executable/package-variables';
import type { GoField, GoType } from '../../workers/naming/types/go-type';
import { TypeSpace } from '../../workers/naming/types/type-space';
import { executableOf, programOf } from '../support/programs';

/** The least that were seen to agree, in variables; the linker leaves out other functions on other systems. */
const PROGRAMS = [
  { name: 'go1.19.8/values', least: 69 },
  { name: 'go1.24/httpd', least: 235 },
  { name: 'go1.24-linux-arm64/mix', least: 74 },
  { name: 'go1.26-darwin-arm64/mix', least: 84 },
  { name: 'go1.26-windows-amd64/mix', least: 152 },
];

describe('what code says of package variables is what debug information says', () => {
  for (const { name, least } of PROGRAMS) {
    test(name, () => {
      const program = programOf(executableOf(name));
      const { image, module, functions, types, version } = program;
      const hints = finish(scanCode({ image, module: module!, functions, types: types!, version }));
      const dwarf = finish(Dwarf.read(image));
      const space = new TypeSpace(program, dwarf, 0, image.pointerBytes, []);
      const variables = packageVariables({ program, slide: 0, dataSlide: 0 }, dwarf, space);
      const counts = { right: 0, wrong: [] as string[] };
      for (const [address, uses] of hints.variables.all()) {
        const variable = variableAt(variables, address);
        if (!variable?.type) continue;
        const said = wordsOf(uses[0], space);
        const known = wordsAt(variable.type, address - variable.address);
        if (known.includes(said) || (known.includes(ANY_POINTER) && said.startsWith('pointer'))) counts.right++;
        else counts.wrong.push(`${variable.name}: ${said}, not ${known.join(' or ')}`);
      }
      expect(counts.right).toBeGreaterThanOrEqual(least);
      expect(counts.wrong.length, counts.wrong.join('\n')).toBeLessThanOrEqual(counts.right / 50);
    });
  }
});

function wordsOf({ use, type }: VariableUse, types: TypeSpace): string {
  return `${use} ${typeof type === 'string' ? type : types.at(type)?.name}`;
}

const ANY_POINTER = 'any pointer';

/** Everything that may be said of a place in a value: each type that begins there, and what a pointer, slice, map or channel there leads to. */
function wordsAt(type: GoType, offset: number): string[] {
  const words: string[] = [];
  let inner: GoType | null = type;
  for (let at = offset; inner;) {
    if (at === 0) words.push(`value ${inner.name}`);
    const { kind, element }: GoType = inner;
    const isAny = kind === KIND.pointer && element === null;
    if (isAny || kind === KIND.unsafePointer || (kind === KIND.interface && at > 0)) words.push(ANY_POINTER);
    if (at === 0 && kind === KIND.pointer) words.push(`pointer ${element?.name}`);
    if (at === 0 && kind === KIND.slice) words.push(`array ${element?.name}`);
    if (at === 0 && kind === KIND.map) words.push(`map ${inner.name}`);
    if (at === 0 && kind === KIND.chan) words.push(`channel ${inner.name}`);
    if (kind === KIND.array && element && element.size > 0) [inner, at] = [element, at % element.size];
    else if (kind === KIND.struct) {
      const start: number = at;
      const field: GoField | undefined = inner.fields.find(
        ({ offset: from, type: { size } }) => start >= from && start < from + size,
      );
      [inner, at] = [field?.type ?? null, start - (field?.offset ?? 0)];
    } else inner = null;
  }
  return words;
}
