/** How rows that stand for objects behave in every table: selecting explains the object, opening shows it, the menu acts on it. */
import type { ReactNode } from 'react';
import type { Address, TypeLabel } from '../../../workers/api';
import { adjust, go, usePlace } from '../state/navigation';
import { places, selectObject } from '../state/place';
import { ObjectMenu, type MenuObject } from './ObjectMenu';

interface ObjectRowHandlers<Row> {
  isSelected: (row: Row) => boolean;
  onSelect: (row: Row) => void;
  onOpen: (row: Row) => void;
  menu: (row: Row) => ReactNode;
}

/** The handlers of a Table; `objectOf` says which object a row stands for, null for none. */
export function useObjectRows<Row>(objectOf: (row: Row) => MenuObject | null): ObjectRowHandlers<Row> {
  const place = usePlace();
  const { selected } = place;
  return {
    isSelected: (row) => selected?.kind === 'object' && selected.address === objectOf(row)?.address,
    onSelect: (row) => {
      const object = objectOf(row);
      if (object !== null) adjust(selectObject(place, object.address));
    },
    onOpen: (row) => {
      const object = objectOf(row);
      if (object !== null) go(places.object(object.address));
    },
    menu: (row) => {
      const object = objectOf(row);
      return object && <ObjectMenu object={object} />;
    },
  };
}

/** For rows that are objects themselves. */
export function itself(row: MenuObject): MenuObject {
  return row;
}

/** For rows that lead to an object: its label, and its address as `target`. */
export function targetOf(row: TypeLabel & { target: Address }): MenuObject {
  return { ...row, address: row.target };
}
