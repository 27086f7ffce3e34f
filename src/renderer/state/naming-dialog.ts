/** Which type the person is about to name. Not part of the place: a link never opens a dialog. */
import { create } from 'zustand';
import { NAMED_BY_HAND } from '../../../workers/api';
import type { TypeLabel } from '../../../workers/api';

/** `text`: what a label calls it; null while the dialog is closed. */
export const useNamingDialog = create<{ text: string | null }>(() => ({ text: null }));

/** True where a label mentions a type that the dump tells apart without naming it: only such a type takes a name from the person. */
export function canBeNamed({ type, hint }: Pick<TypeLabel, 'type' | 'hint'>): boolean {
  const text = type ?? hint ?? '';
  return text.includes('a pointer type of ') || text.endsWith(NAMED_BY_HAND);
}

/** Asks the person for the name. */
export function askForName({ type, hint }: Pick<TypeLabel, 'type' | 'hint'>): void {
  useNamingDialog.setState({ text: type ?? hint });
}

export function closeNaming(): void {
  useNamingDialog.setState({ text: null });
}
