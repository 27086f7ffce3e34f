import { useState } from 'react';
import type { Asking } from '../../state/requests';

/** The newest answer that came, while the one to a changed question is on its way: what is shown does not flicker. */
export function useKept<Value>(answer: Asking<Value>): { value: Value | null; stale: boolean } {
  const [last, setLast] = useState<Value | null>(null);
  if (answer.value !== null && answer.value !== last) setLast(answer.value);
  return { value: answer.value ?? last, stale: answer.state === 'waiting' && last !== null };
}
