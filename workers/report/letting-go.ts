/** How a program lets go of what holds something, in words and as Go: the same in window, command and Markdown. */
import type { FreeHolder, Freeing, KindCut, LettingGo } from '../api';
import { counted, formatBytes, formatCount } from '../lib/format';
import { shortGoName } from '../lib/go-names';
import { asCellCode, asCode, asTable, asText } from './markdown';

const WORDS: Record<LettingGo, string> = {
  variable: 'set the variable to nil, or clear what it keeps',
  field: 'set the field to nil',
  element: 'clear the element: s[i] = zero value',
  'map entry': 'delete(m, key)',
  'sync.Map entry': 'm.Delete(key)',
  'list element': 'l.Remove(e)',
  channel: 'receive what is in the channel',
  'captured variable': 'let go of the closure, or do not capture the variable',
  goroutine: 'end the goroutine',
  timer: 'stop the timer',
  finalizer: 'runtime.SetFinalizer(x, nil)',
  runtime: 'the runtime’s own',
};

/** `delete(m, key)`, `stop the timer`; several at once where there are several. */
export function lettingGoText({ lettingGo, references }: FreeHolder): string {
  if (lettingGo === 'goroutine' && references > 1) return 'end the goroutines';
  if (lettingGo === 'timer' && references > 1) return 'stop the timers';
  return WORDS[lettingGo];
}

/** `60 × certmagic.jm.queue[] → certmagic.namedJob`, package paths shortened. */
export function freeHolderText({ name, to, references }: FreeHolder): string {
  const many = references > 1 ? `${formatCount(references)} × ` : '';
  return `${many}${shortGoName(name)}${to === null ? '' : ` → ${shortGoName(to)}`}`;
}

/** `certmagic/config.go:312`; null where no executable tells. */
export function freePlaceText({ place }: FreeHolder): string | null {
  if (!place?.file) return null;
  if (place.file.startsWith('<')) return null;
  const [file] = /[^/]+\/[^/]+$/.exec(place.file) ?? [place.file];
  return place.line ? `${file}:${place.line}` : file;
}

function amountText({ objects, bytes }: { objects: number; bytes: number }): string {
  return `${formatBytes(bytes)} in ${counted(objects, 'object')}`;
}

/** One sentence on what goes without all that enters it. */
export function freeHeadline({ target, objects, entering, cut, together }: Freeing): string {
  if (objects === 0) return `Nothing recorded holds ${target}, so nothing can let go of it.`;
  if (cut.length > 0) return `Without ${counted(cut.length, 'kind')} of holders ${amountText(together)} would go.`;
  const without = entering === 1 ? 'without it' : 'without all of them';
  return `${counted(entering, 'kind')} of references to ${target} from outside; ${without} ${amountText(together)} would go.`;
}

/** The fewest kinds, and what goes without them: one line that says so, and one for each. */
export function kindCutLines(
  { holders }: Freeing,
  { ids, frees }: KindCut,
  where: string,
): [head: string, ...kinds: string[]] {
  const named = ids.map((id) => holders.find((holder) => holder.id === id));
  const kinds = named.map((holder, at) => (holder ? freeHolderText(holder) : ids[at]));
  const most = ids.length === 1 ? 'One kind frees it' : `${formatCount(ids.length)} kinds free it`;
  return [`${most}, ${where}, ${amountText(frees)}:`, ...kinds];
}

/** The way inside. */
export function insideText({ inside }: Freeing): string | null {
  return inside && `Inside it ${inside.field} keeps most alone: ${amountText(inside)}.`;
}

/** The whole answer, to paste into an issue: the fewest kinds, and the holders as a table. */
export function freeingMarkdown(freeing: Freeing): string {
  const { fewest, nearest } = freeing;
  const isOne = fewest?.ids.join('\n') === nearest?.ids.join('\n');
  const cuts = [
    fewest && cutMarkdown(freeing, fewest, 'nearest to the roots'),
    nearest && !isOne && cutMarkdown(freeing, nearest, 'nearest to it'),
  ];
  const rows = freeing.holders
    .slice(0, MARKDOWN_ROWS)
    .map((holder) => [
      holder.freesAlone ? formatBytes(holder.freesAlone.bytes) : '',
      formatCount(holder.references),
      asCellCode(freeHolderText({ ...holder, references: 1 })),
      asText(lettingGoText(holder)),
      asText(freePlaceText(holder) ?? ''),
    ]);
  const table = asTable(
    ['Frees alone', 'References', 'Holder', 'Let go', 'Where'],
    [true, true, false, false, false],
    rows,
  );
  const inside = insideText(freeing);
  const parts = [asText(freeHeadline(freeing)), ...cuts.filter((text) => text), inside && asText(inside), table];
  return `${parts.filter((text) => text).join('\n\n')}\n`;
}

const MARKDOWN_ROWS = 25;

function cutMarkdown(freeing: Freeing, cut: KindCut, where: string): string {
  const [head, ...kinds] = kindCutLines(freeing, cut, where);
  return [asText(head), '', ...kinds.map((kind) => `- ${asCode(kind)}`)].join('\n');
}
