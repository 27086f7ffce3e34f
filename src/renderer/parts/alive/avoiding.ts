/** What root paths must not use, as a person gathered it. Pure. */
import type { Address, Avoid, RootLabel } from '../../../../workers/api';
import { shortGoName } from '../../ui/format';

export type Avoiding = Required<Avoid>;

export const avoidNothing: Avoiding = { objects: [], references: [], roots: [], types: [], fields: [], rootKinds: [] };

export function isEmpty(avoid: Avoiding): boolean {
  return Object.values(avoid).every((one) => one.length === 0);
}

export function withObject(avoid: Avoiding, address: Address): Avoiding {
  return avoid.objects.includes(address) ? avoid : { ...avoid, objects: [...avoid.objects, address] };
}

export function withReference(avoid: Avoiding, from: Address, to: Address): Avoiding {
  const known = avoid.references.some((reference) => reference.from === from && reference.to === to);
  return known ? avoid : { ...avoid, references: [...avoid.references, { from, to }] };
}

/** One root by its place; where it has none, all of its kind. */
export function withRoot(avoid: Avoiding, root: RootLabel): Avoiding {
  const name = root.address ?? root.kind;
  return avoid.roots.includes(name) ? avoid : { ...avoid, roots: [...avoid.roots, name] };
}

/** Each thing avoided in words, and what is left when it is allowed again. */
export function avoidWords(avoid: Avoiding): { words: string; without: Avoiding }[] {
  const { objects, references, roots } = avoid;
  return [
    ...roots.map((root) => ({
      words: root.startsWith('0x') ? `root ${root}` : `${root} roots`,
      without: { ...avoid, roots: roots.filter((other) => other !== root) },
    })),
    ...objects.map((object) => ({
      words: object,
      without: { ...avoid, objects: objects.filter((other) => other !== object) },
    })),
    ...references.map((reference) => ({
      words: `${reference.from} → ${reference.to}`,
      without: { ...avoid, references: references.filter((other) => other !== reference) },
    })),
    ...(['rootKinds', 'types', 'fields'] as const).flatMap((kind) =>
      avoid[kind].map((name) => ({
        words: shortGoName(name),
        without: { ...avoid, [kind]: avoid[kind].filter((other) => other !== name) },
      })),
    ),
  ];
}
