/** What the window has to say about something that was just done: one thing at a time, the last. */
import { create } from 'zustand';

export interface Notice {
  /** `busy` ends by another notice; `done` goes by itself. */
  tone: 'busy' | 'done' | 'warn' | 'bad';
  text: string;
  /** What else there is to know. */
  detail?: string;
}

/** Long enough to read two sentences. */
const SHOWN_MS = 12_000;

export const useNotice = create<{ notice: Notice | null }>(() => ({ notice: null }));

/** Says it in place of what was said before. */
export function tell(notice: Notice): void {
  useNotice.setState({ notice });
  if (notice.tone === 'done') setTimeout(() => dismiss(notice), SHOWN_MS);
}

/** Takes away whatever is said: it was about a dump that is left. */
export function fallSilent(): void {
  useNotice.setState({ notice: null });
}

/** Takes a notice away, where it is still the one on screen. */
export function dismiss(notice: Notice): void {
  if (useNotice.getState().notice === notice) useNotice.setState({ notice: null });
}
