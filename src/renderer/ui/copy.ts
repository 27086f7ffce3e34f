/** Texts for the clipboard; what was copied is said. */
import { useDump } from '../state/dump';
import { tell } from '../state/notice';

/** Puts a text on the clipboard; false where the browser refuses. */
export async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Copies a text and says so; `what` begins the sentence: `The address`. */
export async function copyText(text: string, what: string, detail?: string): Promise<void> {
  if (await toClipboard(text))
    tell({ tone: 'done', text: `${what} is copied.`, ...(detail !== undefined && { detail }) });
  else tell({ tone: 'bad', text: 'The browser does not let this page use the clipboard.', detail: text });
}

/** Copies the address of the place on screen, and says where it leads. */
export function copyLink(): Promise<void> {
  const { host } = useDump.getState();
  return copyText(
    location.href,
    'The link',
    host?.kind === 'browser'
      ? 'It works in this browser while heapknot serve runs; another browser first needs the whole address that it printed.'
      : 'It leads here in this window.',
  );
}
