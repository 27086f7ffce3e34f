import type { TypeLabel, TypeRow } from '../../../workers/api';

/** A row of types as the label of its objects. */
export function typeLabel({ name, evidence, shape }: TypeRow): TypeLabel {
  const isNamed = evidence !== 'shape' && evidence !== 'one-of';
  return isNamed ? { type: name, evidence, hint: null, shape } : { type: null, evidence, hint: name, shape };
}
