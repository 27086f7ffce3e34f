/** The kinds of a dump: what answers by kind are functions of. */
import type { ObjectKinds } from './object-kinds';
import type { ReferenceFields } from './reference-fields';
import type { RootKinds } from './root-kinds';

export interface Kinds {
  readonly objects: ObjectKinds;
  readonly fields: ReferenceFields;
  readonly roots: RootKinds;
}
