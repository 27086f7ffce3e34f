/** Figures, names and marks as they stand in every table, pane and line of facts. */
import type { ReactNode } from 'react';
import { NAMED_BY_HAND } from '../../../workers/api';
import type { Address, Evidence, TypeLabel } from '../../../workers/api';
import { places } from '../state/place';
import { exactBytes, formatBytes, formatCount, shortGoName, splitGoName } from './format';
import { PlaceLink } from './PlaceLink';

/** A size in KiB, MiB, GiB; the exact bytes on hover. */
export function Bytes({ value }: { value: number }) {
  return <span title={exactBytes(value)}>{formatBytes(value)}</span>;
}

/** A whole number with its digits grouped. */
export function Count({ value }: { value: number }) {
  return <>{formatCount(value)}</>;
}

const NAME_PARTS = ['before', 'name', 'types', 'after'] as const;

/** A Go name: where it must be cut, directories go first, then arguments of types and the package; type and function stay; the whole on hover. */
export function GoName({ name }: { name: string }) {
  const parts = splitGoName(shortGoName(name));
  return (
    <span className="go-name mono" title={name}>
      {NAME_PARTS.map(
        (part) =>
          parts[part] !== '' && (
            <span key={part} className={`go-name-${part}`}>
              <bdi>{parts[part]}</bdi>
            </span>
          ),
      )}
    </span>
  );
}

/**
 * An object's type by what is known of it. A fact stands in the letters of the dump; a likely name is underlined as doubtful; a kind, one of
 * several candidates and a shape are words.
 */
export function TypeText({ label }: { label: TypeLabel }) {
  const { type, evidence, shape } = label;
  const known = typeWords(label);
  if (evidence === 'exact') return <GoName name={known} />;
  if (evidence === 'shape') {
    return (
      <span className="type-shape" title={shape}>
        {shortGoName(known)}
      </span>
    );
  }
  const named = nameByHand(label) ?? (evidence === 'likely' ? type : null);
  return (
    <span className={`type-guess type-${evidence}`} title={`${known}: ${evidenceWords(label)} · ${shape}`}>
      {named === null ? <span className="type-shape">{shortGoName(known)}</span> : <GoName name={named} />}
      {evidence !== 'one-of' && (
        <span className="type-evidence">{nameByHand(label) === null ? evidence : 'by hand'}</span>
      )}
    </span>
  );
}

/** The name, or what is known in its place. */
function typeWords({ type, hint, shape }: TypeLabel): string {
  return type ?? hint ?? shape;
}

/** The name that a person has given; null where the text is the engine's own. */
function nameByHand(label: TypeLabel): string | null {
  const known = typeWords(label);
  return known.endsWith(NAMED_BY_HAND) ? known.slice(0, -NAMED_BY_HAND.length) : null;
}

/** How surely a type is known, in words. */
export function evidenceWords(label: TypeLabel): string {
  return nameByHand(label) === null ? EVIDENCE_WORDS[label.evidence] : 'named by hand';
}

const EVIDENCE_WORDS: Record<Evidence, string> = {
  exact: 'named exactly',
  likely: 'likely, not certain',
  kind: 'what kind it is, not its type',
  'one-of': 'one of several',
  shape: 'by shape only',
};

/** An address that leads to its object's page. */
export function AddressLink({ address }: { address: Address }) {
  return (
    <PlaceLink to={places.object(address)} className="address mono">
      {address}
    </PlaceLink>
  );
}

/** A cycle's number that leads to its page; `bare` where a column's head says that it is one. */
export function CycleLink({ id, bare = false }: { id: number; bare?: boolean }) {
  return (
    <PlaceLink to={places.cycle(id)} aria-label={`cycle ${formatCount(id)}`}>
      {bare ? '' : 'cycle '}
      {formatCount(id)}
    </PlaceLink>
  );
}

export type ChipTone = 'plain' | 'global' | 'goroutine' | 'finalizer' | 'pool' | 'nothing' | 'bad' | 'warn' | 'ok';

/** A small word on a tinted ground. */
export function Chip({ children, tone = 'plain', title }: { children: ReactNode; tone?: ChipTone; title?: string }) {
  return (
    <span className={`chip chip-${tone}`} title={title}>
      {children}
    </span>
  );
}

/** One fact of a line of facts: `objects **256**`. */
export function Fact({ name, children, title }: { name: string; children: ReactNode; title?: string }) {
  return (
    <span className="fact" title={title}>
      {name} <strong>{children}</strong>
    </span>
  );
}
