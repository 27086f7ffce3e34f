import { ContextMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { holderWords } from '../../../workers/api';
import type { Address, ObjectRow, TypeLabel } from '../../../workers/api';
import { useCache } from '../state/dump';
import { adjust, currentPlace, go } from '../state/navigation';
import { places, selectObject, type Place } from '../state/place';
import { askForName, canBeNamed } from '../state/naming-dialog';
import { setFolded } from '../state/settings';
import { copyText } from './copy';
import { formatBytes, formatCount } from './format';

/** An entry of a context menu. */
export function MenuItem({
  children,
  onChoose,
  disabled,
}: {
  children: ReactNode;
  onChoose: () => void;
  disabled?: boolean;
}) {
  return (
    <ContextMenu.Item className="menu-item" onSelect={onChoose} disabled={disabled ?? false}>
      {children}
    </ContextMenu.Item>
  );
}

/** An entry that leads to a place. */
function PlaceItem({ to, children }: { to: Place; children: ReactNode }) {
  return (
    <MenuItem
      onChoose={() => {
        go(to);
      }}
    >
      {children}
    </MenuItem>
  );
}

/** What the menu is about. */
export function MenuHead({ children }: { children: ReactNode }) {
  return <ContextMenu.Label className="menu-head mono">{children}</ContextMenu.Label>;
}

export function MenuLine() {
  return <ContextMenu.Separator className="menu-line" />;
}

/** An object of which the menu knows only where it lies; the rest it asks when it is chosen. */
export interface MenuAddress {
  address: Address;
  cycle?: number | null;
}

/** One whose type is at hand. */
export interface MenuObject extends TypeLabel, MenuAddress {}

/** What can be done with any object, wherever it is shown. */
export function ObjectMenu({ object }: { object: MenuObject | MenuAddress }) {
  const cache = useCache();
  const { address } = object;
  const label = 'shape' in object ? object : null;
  const explain = (why: 'path' | 'dominators'): void => {
    setFolded(false);
    adjust({ ...selectObject(currentPlace(), address), why });
  };
  const goToDominator = async (): Promise<void> => {
    const detail = await cache.ask('object', address);
    if (detail?.dominator && detail.dominator !== 'root') go(places.object(detail.dominator));
    else explain('dominators');
  };
  const goToCycle = async (): Promise<void> => {
    const detail = await cache.ask('object', address);
    if (detail !== null && detail.cycle !== null) go(places.cycle(detail.cycle));
  };
  const copyMarkdown = async (): Promise<void> => {
    const detail = await cache.ask('object', address);
    if (detail !== null) await copyText(objectMarkdown(detail), 'The object');
  };
  return (
    <>
      <MenuHead>{address}</MenuHead>
      <MenuItem
        onChoose={() => {
          explain('path');
        }}
      >
        Why is this alive?
      </MenuItem>
      <PlaceItem to={places.memory({ addresses: [address] })}>What holds it</PlaceItem>
      <MenuItem disabled={object.cycle === null} onChoose={() => void quietly(goToCycle())}>
        Its cycle
      </MenuItem>
      <MenuItem onChoose={() => void quietly(goToDominator())}>Its immediate dominator</MenuItem>
      {label !== null && (
        <PlaceItem to={places.objectsOf(label.type ?? label.hint ?? label.shape, label.shape)}>
          Objects of the same type
        </PlaceItem>
      )}
      <PlaceItem to={places.object(address, 'references')}>References</PlaceItem>
      <PlaceItem to={places.object(address, 'referrers')}>Referrers</PlaceItem>
      <PlaceItem to={places.object(address)}>Contents</PlaceItem>
      {label !== null && canBeNamed(label) && (
        <MenuItem
          onChoose={() => {
            askForName(label);
          }}
        >
          Name this type…
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem onChoose={() => void copyText(address, 'The address')}>Copy address</MenuItem>
      <MenuItem onChoose={() => void quietly(copyMarkdown())}>Copy as Markdown</MenuItem>
    </>
  );
}

/** A question asked by a menu entry may fail; the stage says so where it concerns the window, and nothing happens where it does not. */
function quietly(work: Promise<void>): Promise<void> {
  return work.catch(() => undefined);
}

/** One object as a line of Markdown, to paste into an issue. */
function objectMarkdown(object: ObjectRow): string {
  const name = object.type === null ? object.shape : `\`${object.type}\` (${object.evidence})`;
  const retained = `retains ${formatBytes(object.retainedSize)} in ${formatCount(object.retainedObjects)} objects`;
  const held = `held by ${holderWords(object.holder)}`;
  return `\`${object.address}\` ${name}, ${formatBytes(object.size)}, ${retained}, ${held}`;
}
