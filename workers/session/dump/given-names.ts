/**
 * Names that a person has given to types which the dump tells apart without naming them. They stand in labels, marked as what they are, and
 * never in what the engine itself believes: evidence and reports of names stay as they were.
 */
import { EngineError } from '../../api/errors';
import { NAMED_BY_HAND } from '../../api/given-names';
import type { Identity } from '../../naming/types/identities';
import { identitiesOf, pointedText, withNames } from '../../naming/types/identities';
import type { TypeRecord } from '../../dump/records';
import type { IdentityRow } from '../../api/rows';
import type { Address, TypeLabel } from '../../api/values';
import { formatAddress, parseAddress } from './address';
import type { GroupLabel, TypeLabels } from './type-labels';

/** No Go name is longer that anybody would type. */
const LONGEST = 200;

export class GivenNames {
  private readonly byPlace: ReadonlyMap<string, string>;

  /** `names`: address of the identity → its name. */
  private constructor(
    private readonly identities: readonly Identity[],
    private readonly names: ReadonlyMap<number, string>,
  ) {
    const named = identities.flatMap((identity) => {
      const name = names.get(identity.address);
      return name === undefined ? [] : [[placeKey(identity), name] as const];
    });
    this.byPlace = new Map(named);
  }

  /** None yet, for the identities that a dump's records of types tell. */
  static none(records: readonly TypeRecord[]): GivenNames {
    return new GivenNames(identitiesOf(records), new Map());
  }

  /**
   * The same identities with these names and no others, and the addresses that are none of them. Throws `BadRequest` for a text that cannot be
   * the name: empty, too long, of another package than the dump says, or that of another identity.
   */
  with(names: Readonly<Record<string, string>>): { given: GivenNames; unknown: Address[] } {
    const taken = new Map<number, string>();
    const unknown: Address[] = [];
    for (const [text, name] of Object.entries(names)) {
      const address = text as Address; // parseAddress refuses what is none
      const identity = this.identities.find((known) => known.address === parseAddress(address));
      if (identity === undefined) unknown.push(address);
      else taken.set(identity.address, fullName(identity, name));
    }
    refuseRepeated([...taken.values()]);
    return { given: new GivenNames(this.identities, taken), unknown };
  }

  get size(): number {
    return this.names.size;
  }

  get rows(): IdentityRow[] {
    return this.identities.map((identity) => ({
      identity: formatAddress(identity.address),
      package: identity.packagePath,
      words: pointedText(identity),
      name: this.names.get(identity.address) ?? null,
    }));
  }

  /** A text of the engine with the names in it, and marked where there are any. */
  in(text: string): string {
    if (this.size === 0) return text;
    const renamed = withNames(text, (place) => this.byPlace.get(placeKey(place)) ?? null);
    return renamed === text ? text : renamed + NAMED_BY_HAND;
  }
}

/** True where a label has a given name in it. */
export function isGiven({ type, hint }: Pick<TypeLabel, 'type' | 'hint'>): boolean {
  return (type ?? hint ?? '').endsWith(NAMED_BY_HAND);
}

/** The same labels, by the given names. */
export function labelsWith(labels: TypeLabels, given: GivenNames): TypeLabels {
  if (given.size === 0) return labels;
  const groups = new Map<number, GroupLabel>();
  const renamed = <Label extends TypeLabel>(label: Label): Label => ({
    ...label,
    type: label.type === null ? null : given.in(label.type),
    hint: label.hint === null ? null : given.in(label.hint),
  });
  return {
    ...labels,
    label: (group) => {
      const known = groups.get(group) ?? renamed(labels.label(group));
      groups.set(group, known);
      return known;
    },
    of: (objectId) => renamed(labels.of(objectId)),
  };
}

function placeKey({ packagePath, nth }: Pick<Identity, 'packagePath' | 'nth'>): string {
  return `${packagePath} ${nth}`;
}

/** The name with its package: `conn`, `http.conn`, `*net/http.conn` and `net/http.conn` are all `net/http.conn`. */
function fullName({ packagePath }: Identity, given: string): string {
  const bare = given.trim().replace(/^\*/, '');
  if (bare === '' || bare.length > LONGEST || /[\u0000-\u001f]/.test(bare))
    throw new EngineError('BadRequest', `A name has 1 to ${LONGEST} characters on one line.`);
  const last = packagePath.slice(packagePath.lastIndexOf('/') + 1);
  for (const prefix of [`${packagePath}.`, `${last}.`])
    if (bare.startsWith(prefix) && bare.length > prefix.length) return `${packagePath}.${bare.slice(prefix.length)}`;
  // dots inside brackets belong to the arguments of a generic type
  if (/[./]/.test(bare.split('[', 1)[0]))
    throw new EngineError(
      'BadRequest',
      `The dump says that this is a type of ${packagePath}: “${bare}” is of another package.`,
    );
  return `${packagePath}.${bare}`;
}

function refuseRepeated(names: readonly string[]): void {
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined)
    throw new EngineError('BadRequest', `“${repeated}” is the name of another type of this dump already.`);
}
