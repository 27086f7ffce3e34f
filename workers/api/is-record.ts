/** True for an object that is no array: what a message or a document that has been read must be before its keys are looked at. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
