/** A reference to cut, as JSON. */
import type { CutRow } from '../../../workers/api';
import { rootKeys } from './document';

export function cutKeys(row: CutRow) {
  return {
    from: row.from,
    field: row.field,
    to: row.to,
    bytes: row.bytes,
    objects: row.objects,
    exact: row.exact,
    offset: row.offset,
    root: row.root && rootKeys(row.root),
  };
}
