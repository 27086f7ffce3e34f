import type { HeldObjects, SearchHit } from '../../../workers/api';
import type { HostFile } from '../connection/host';
import { chooseAndOpen, closeDump, openDump, useDump } from '../state/dump';
import { currentPlace, go } from '../state/navigation';
import { places } from '../state/place';
import type { Place, Selection } from '../state/place';
import { isAddress } from '../state/place-query';
import { setFolded, toggleTheme, useSettings } from '../state/settings';
import { askForExecutable } from '../ui/ChooseExecutable';
import { copyLink } from '../ui/copy';
import { formatBytes } from '../ui/format';
import { LINES } from '../views/registry';
import { showKeys } from './frame-state';

export interface PaletteEntry {
  words: string;
  detail?: string;
  run: () => void;
}

/** Views, actions and files whose words contain what was typed. */
export function entriesFor(typed: string, files: readonly HostFile[]): { heading: string; lines: PaletteEntry[] }[] {
  const wanted = typed.toLowerCase();
  const groups = [
    { heading: 'Views', lines: views() },
    { heading: 'Actions', lines: actions() },
    { heading: 'Open', lines: files.map(openEntry) },
  ];
  return [
    ...groups.map(({ heading, lines }) => ({
      heading,
      lines: lines.filter(({ words }) => words.toLowerCase().includes(wanted)),
    })),
    // behind all that has the words themselves: Enter chooses the first
    { heading: 'What holds', lines: typed === '' ? [] : [holdsMatching(typed)] },
  ].filter(({ lines }) => lines.length > 0);
}

/** Where a hit leads; null for one that names nothing to show. */
export function placeOfHit({ kind, label, address, id }: SearchHit): Place | null {
  switch (kind) {
    case 'object':
      return address === null ? null : places.object(address);
    case 'goroutine':
      return id === null ? null : places.goroutine(id);
    case 'cycle':
      return id === null ? null : places.cycle(id);
    case 'type':
      return places.objects({ type: label });
    case 'function':
      return id === null ? places.goroutines({ top: label }) : places.goroutine(id);
  }
}

function views(): PaletteEntry[] {
  return LINES.map(({ word, key, place }) => ({
    words: word,
    detail: `G ${key.toUpperCase()}`,
    run: () => {
      go(place());
    },
  }));
}

/** Of all types that a text finds, or of the object at an address. */
function holdsMatching(typed: string): PaletteEntry {
  const address = typed.toLowerCase();
  return {
    words: `What holds ${typed}`,
    detail: 'Memory, upside down',
    run: () => {
      go(places.memory(isAddress(address) ? { addresses: [address] } : { matching: typed }));
    },
  };
}

/** Of what "Why is this alive?" explains; none where that is nothing, or a node of Memory itself. */
function holdsSelected(): PaletteEntry[] {
  const { selected } = currentPlace();
  const of = selected === null ? null : heldBySelection(selected);
  if (of === null) return [];
  return [
    {
      words: 'What holds what is selected',
      run: () => {
        go(places.memory(of));
      },
    },
  ];
}

function heldBySelection(selected: Selection): HeldObjects | null {
  switch (selected.kind) {
    case 'object':
      return { addresses: [selected.address] };
    case 'cycle':
      return { cycle: selected.id };
    case 'type':
      return { type: { name: selected.name, shape: selected.shape } };
    case 'node':
      return selected.by === 'path' ? { node: selected.id } : null;
  }
}

function actions(): PaletteEntry[] {
  const { folded } = useSettings.getState();
  const entries: PaletteEntry[] = [
    ...holdsSelected(),
    { words: 'Switch between light and dark', run: toggleTheme },
    {
      words: folded ? 'Unfold “Why is this alive?”' : 'Fold “Why is this alive?”',
      run: () => {
        setFolded(!folded);
      },
    },
    { words: 'Copy link to this place', run: () => void copyLink() },
    {
      words: 'Keys',
      detail: '?',
      run: () => {
        showKeys(true);
      },
    },
    { words: 'Choose an executable for names…', run: askForExecutable },
    { words: 'Close this dump', run: closeDump },
  ];
  if (useDump.getState().host?.canChooseFiles) {
    entries.push({ words: 'Open a file…', detail: 'Ctrl O', run: () => void chooseAndOpen() });
  }
  return entries;
}

function openEntry({ file, name, bytes }: HostFile): PaletteEntry {
  return {
    words: `Open ${name}`,
    ...(bytes === null ? {} : { detail: formatBytes(bytes) }),
    run: () => void openDump(file),
  };
}
