import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Amount } from '../../../../workers/api';
import { hold } from '../../state/idle';
import { adjust, go } from '../../state/navigation';
import { HUES } from '../../state/place';
import type { Hue, PlaceOf } from '../../state/place';
import { Button, Segments } from '../../ui/controls';
import { formatBytes, formatShare, shortGoName } from '../../ui/format';
import { ViewTools } from '../../ui/ViewHead';
import { readable } from '../../state/expressions';

type Place = PlaceOf<'memory'>;

const WAYS = [
  { key: 'path', words: 'By path' },
  { key: 'dominator', words: 'By dominator' },
] as const;

const NODES = [
  { key: 'type', words: 'Types' },
  { key: 'package', words: 'Packages' },
] as const;

const HUE_WORDS: Record<Hue, string> = { holder: 'Hue: holder', package: 'Hue: package' };

const NARROWINGS = ['focus', 'ignore', 'hide', 'without'] as const;
type Narrowing = (typeof NARROWINGS)[number];

const NARROWING_WORDS: Record<Narrowing, string> = {
  focus: 'only through',
  ignore: 'none through',
  hide: 'hidden',
  without: 'without',
};

interface MemoryToolsProps {
  place: Place;
  /** What search lights up; null where nothing is searched for, or the answer is not there. */
  matched: Amount | null;
  whole: number;
}

/** By which parent, in which hues, searched and narrowed how. */
export function MemoryTools({ place, matched, whole }: MemoryToolsProps) {
  return (
    <ViewTools>
      <Segments
        label="One parent for each object"
        choices={WAYS}
        current={place.by}
        onChoose={(by) => {
          go({ ...place, by, under: null, turned: [], without: by === 'path' ? place.without : [], selected: null });
        }}
      />
      <Segments
        label="What a node is"
        choices={NODES}
        current={place.group}
        onChoose={(group) => {
          go({ ...place, group, under: null, turned: [], selected: null });
        }}
      />
      <Segments
        label="Colour"
        choices={HUES.map((key) => ({ key, words: HUE_WORDS[key] }))}
        current={place.hue}
        onChoose={(hue) => {
          adjust({ ...place, hue });
        }}
      />
      <SearchField place={place} />
      {place.search.trim() !== '' && (
        <>
          <span className="memory-matched" role="status">
            {matched === null ? 'counting…' : `${formatShare(matched.bytes, whole)} · ${formatBytes(matched.bytes)}`}
          </span>
          <Refine place={place} />
        </>
      )}
      <Chips place={place} />
    </ViewTools>
  );
}

/** Milliseconds after the last key before it is searched. */
const TYPING_MS = 200;

function SearchField({ place }: { place: Place }) {
  const { search } = place;
  const [typed, setTyped] = useState(search);
  const [applied, setApplied] = useState(search);
  // changed from outside (back, a link): what was typed before is void
  if (search !== applied) {
    setApplied(search);
    setTyped(search);
  }
  useEffect(() => {
    if (typed === search) return;
    const release = hold();
    const timer = setTimeout(() => {
      adjust({ ...place, search: typed });
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      release();
    };
  }, [typed, search, place]);
  return (
    <input
      className="field memory-search"
      data-view-filter
      type="text"
      spellCheck={false}
      aria-label="Search names and fields"
      placeholder="Search: text or /re/"
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') adjust({ ...place, search: typed });
        if (event.key === 'Escape') setTyped('');
      }}
    />
  );
}

const REFINEMENTS = [
  { name: 'focus', words: 'Focus', title: 'Only chains with such a node' },
  { name: 'ignore', words: 'Ignore', title: 'Only chains without such a node' },
  { name: 'hide', words: 'Hide', title: 'Leave such nodes out, and put what is below in their place' },
] as const;

/** What is searched for becomes what the tree is narrowed to. */
function Refine({ place }: { place: Place }) {
  return REFINEMENTS.map(({ name, words, title }) => (
    <Button
      key={name}
      className="button-small"
      title={title}
      onClick={() => {
        go({ ...place, [name]: [...place[name], place.search.trim()], search: '', under: null });
      }}
    >
      {words}
    </Button>
  ));
}

/** How the tree is narrowed, each undone by itself. */
function Chips({ place }: { place: Place }) {
  const given = NARROWINGS.flatMap((name) => place[name].map((text, at) => ({ name, text, at })));
  return given.map(({ name, text, at }) => (
    <button
      key={`${name} ${text}`}
      type="button"
      className="chip memory-chip"
      title={`${NARROWING_WORDS[name]} ${readable(text)}: undo`}
      onClick={() => {
        go({ ...place, [name]: place[name].filter((_, other) => other !== at), under: null });
      }}
    >
      {NARROWING_WORDS[name]} <span className="mono">{shortGoName(readable(text))}</span>
      <X size={12} aria-label="undo" />
    </button>
  ));
}
