/** Place ⇄ fragment of the URL. Both functions are total: what cannot be read falls back to its default, an unknown view to Memory. */
import { RETENTION_BY } from '../../../workers/api';
import { WHY_TABS, places } from './place';
import type { Explained, Place, PlaceOf, Selection, ViewName } from './place';
import { PLACE_FORMS } from './place-forms';
import { decoded, isAddress, readChoice, readWhole, writeChoice } from './place-query';

/** `#/objects?sort=-size&f.size=%3E1MB&sel=0xc000…`; what stands at its default is left out. */
export function placeToHash(place: Place): string {
  const query = new URLSearchParams();
  const path = writeScreen(place.view, place, query);
  // what a place explains when its URL says nothing: the thing itself on its own page, else nothing; `sel=none` empties that
  writeExplained(query, place, placeFromHash(path).selected);
  const text = query.toString();
  return `#/${path}${text === '' ? '' : `?${text}`}`;
}

/** Reads any fragment; `''` and what is unknown mean Memory, which opens first. */
export function placeFromHash(hash: string): Place {
  const [path = '', ...rest] = hash.replace(/^#?\/?/, '').split('?');
  const query = new URLSearchParams(rest.join('?'));
  const [head = '', name = ''] = path.split('/');
  const screen = readScreen(head, name, query) ?? readScreen(head, '', new URLSearchParams()) ?? places.memory();
  return { ...screen, ...readExplained(query, screen.selected) };
}

/** Writes the view's own parameters, and returns its path. */
function writeScreen<View extends ViewName>(view: View, place: PlaceOf<View>, query: URLSearchParams): string {
  const form = PLACE_FORMS[view];
  form.write(query, place);
  const name = form.name(place);
  return name === '' ? form.head : `${form.head}/${name}`;
}

function readScreen(head: string, name: string, query: URLSearchParams): Place | null {
  for (const form of Object.values(PLACE_FORMS)) {
    const place = form.head === head ? form.read(name, query) : null;
    if (place !== null) return place;
  }
  return null;
}

function writeExplained(query: URLSearchParams, place: Place, own: Selection | null): void {
  const selected = selectionText(place.selected);
  if (selected !== selectionText(own)) query.set('sel', selected);
  writeChoice(query, 'why', WHY_TABS, place.why);
  if (place.path !== 0) query.set('path', String(place.path));
}

function readExplained(query: URLSearchParams, own: Selection | null): Explained {
  const text = query.get('sel');
  const selected = text === null ? own : readSelection(text);
  return { selected, why: readChoice(query, 'why', WHY_TABS), path: readWhole(query.get('path')) ?? 0 };
}

function selectionText(selected: Selection | null): string {
  if (selected === null) return 'none';
  if (selected.kind === 'object') return selected.address;
  if (selected.kind === 'cycle') return `cycle:${String(selected.id)}`;
  if (selected.kind === 'node') return `node:${selected.by}:${encodeURIComponent(selected.id)}`;
  return `type:${encodeURIComponent(selected.name)}:${encodeURIComponent(selected.shape)}`;
}

function readSelection(text: string): Selection | null {
  if (isAddress(text)) return { kind: 'object', address: text };
  const [kind, first = '', second = ''] = text.split(':');
  if (kind === 'cycle') {
    const id = readWhole(first);
    return id === null ? null : { kind: 'cycle', id };
  }
  if (kind === 'node') {
    const by = RETENTION_BY.find((known) => known === first);
    return by === undefined ? null : { kind: 'node', by, id: decoded(second) };
  }
  return kind === 'type' ? { kind: 'type', name: decoded(first), shape: decoded(second) } : null;
}
