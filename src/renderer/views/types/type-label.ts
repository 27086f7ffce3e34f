import type { TypeLabel, TypeRow } from '../../../../workers/api';

/** A row of types as the label of its objects. */
export function typeLabel({ name, evidence, shape }: TypeRow): TypeLabel {
  return { type: evidence === 'shape' ? null : name, evidence, hint: null, shape };
}
