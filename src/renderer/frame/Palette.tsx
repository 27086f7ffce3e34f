import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { SearchHit } from '../../../workers/api';
import { useAnswer, useDump } from '../state/dump';
import { hold } from '../state/idle';
import { go } from '../state/navigation';
import { isAddress } from '../state/place-query';
import { closePalette, openPalette, useFrameState } from './frame-state';
import { entriesFor, placeOfHit } from './palette-entries';
import { places } from '../state/place';
import { GoName } from '../ui/figures';

/** Search hits asked for. */
const HITS = 40;

/** Milliseconds after the last key before the session is asked. */
const TYPING_MS = 150;

/** Ctrl+K: views, actions, addresses, goroutines, cycles, types and functions by one field. Ctrl+G: the same, asking for an address. */
export function Palette() {
  const mode = useFrameState((state) => state.palette);
  // The engine may end under it; it does not come back with the next dump.
  useEffect(() => closePalette, []);
  return (
    <Dialog.Root
      open={mode !== 'closed'}
      onOpenChange={(open) => {
        if (open) openPalette('anything');
        else closePalette();
      }}
    >
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="dialog palette" aria-describedby={undefined}>
          <Dialog.Title className="unseen">
            {mode === 'address' ? 'Go to an address' : 'Search everything'}
          </Dialog.Title>
          {mode !== 'closed' && <PaletteBody addressOnly={mode === 'address'} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody({ addressOnly }: { addressOnly: boolean }) {
  const [text, setText] = useState(addressOnly ? '0x' : '');
  const { files } = useDump();
  const typed = text.trim();
  const entries = addressOnly ? [] : entriesFor(typed, files);
  const hits = useHits(typed);
  const choose = (run: () => void): void => {
    closePalette();
    run();
  };
  return (
    <Command label="Search" shouldFilter={false} loop>
      <Command.Input
        value={text}
        onValueChange={setText}
        placeholder={
          addressOnly
            ? '0x… an address anywhere inside an object'
            : 'Types, functions, 0x addresses, goroutine 17, cycle 3'
        }
      />
      <Command.List label="Results">
        {isAddress(typed.toLowerCase()) && (
          <Line
            value={`go ${typed}`}
            words={`Go to ${typed}`}
            detail="address"
            onChoose={() => choose(() => goToAddress(typed))}
          />
        )}
        {hits.list.length > 0 && (
          <Command.Group heading="In this dump">
            {hits.list.map((hit, index) => (
              <Line
                key={`${hit.kind}${index}`}
                value={`hit ${index}`}
                words={
                  hit.kind === 'goroutine' || hit.kind === 'cycle' ? (
                    <span>{hit.label}</span>
                  ) : (
                    <GoName name={hit.label} />
                  )
                }
                detail={hit.detail}
                onChoose={() => choose(() => openHit(hit))}
              />
            ))}
          </Command.Group>
        )}
        {entries.map(({ heading, lines }) => (
          <Command.Group key={heading} heading={heading}>
            {lines.map((line) => (
              <Line key={line.words} value={line.words} {...line} onChoose={() => choose(line.run)} />
            ))}
          </Command.Group>
        ))}
        <Command.Empty>
          {hits.waiting
            ? 'Searching…'
            : 'Nothing by that name. An address begins with 0x, a goroutine is “goroutine 17”.'}
        </Command.Empty>
      </Command.List>
    </Command>
  );
}

interface LineProps {
  value: string;
  words: ReactNode;
  detail?: string;
  onChoose: () => void;
}

function Line({ value, words, detail, onChoose }: LineProps) {
  return (
    <Command.Item value={value} onSelect={onChoose}>
      <span className="palette-words">{words}</span>
      {detail !== undefined && <span className="palette-detail">{detail}</span>}
    </Command.Item>
  );
}

/** What the session finds, asked once typing pauses. */
function useHits(typed: string): { list: SearchHit[]; waiting: boolean } {
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const release = hold();
    const timer = setTimeout(() => {
      setAsked(typed);
      release();
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      release();
    };
  }, [typed]);
  const answer = useAnswer('search', asked === '' || asked === '0x' ? null : [asked, HITS]);
  return {
    list: typed === '' ? [] : (answer.value ?? []),
    waiting: typed !== asked || (asked !== '' && answer.state === 'waiting'),
  };
}

function goToAddress(typed: string): void {
  const address = typed.toLowerCase();
  if (isAddress(address)) go(places.object(address));
}

function openHit(hit: SearchHit): void {
  const place = placeOfHit(hit);
  if (place !== null) go(place);
}
