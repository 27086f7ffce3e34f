/** A retention tree as a table: a line a node, indented by its level. */
import { holderWords, type Amount, type RetentionNode, type RetentionTree } from '../../../workers/api';
import { counted, formatBytes, formatCount, formatShare } from '../../../workers/lib/format';
import { shortGoName } from '../../../workers/lib/go-names';
import type { OpenDump } from '../open-dump';
import { writeTable, type Column } from './table';

export async function writeRetention({ out, style }: OpenDump, tree: RetentionTree): Promise<void> {
  const { total, unheld, of } = tree;
  const head = of === null ? `${amountText(total)} reachable.` : `What holds ${of}: ${amountText(total)}.`;
  await out.write(`${style.bold(head)}\n\n`);
  await writeTable(out, style, columnsFor(tree), linesOf(tree));
  if (of === null && unheld.objects > 0) await out.write(`\nBesides, nothing recorded holds ${amountText(unheld)}.\n`);
}

function amountText({ objects, bytes }: Amount): string {
  return `${formatBytes(bytes)} in ${counted(objects, 'object')}`;
}

/** A line of the table: a node, or what is folded beside those at the top. */
interface Line extends Amount {
  readonly text: string;
}

function* linesOf({ nodes, folded, of }: RetentionTree): Generator<Line> {
  const levels = new Map<string, number>();
  for (const node of nodes) {
    const level = node.parent === null ? 0 : (levels.get(node.parent) ?? 0) + 1;
    levels.set(node.id, level);
    const text = '  '.repeat(level) + (of === null ? nodeText(node) : holdingText(node));
    yield { text, objects: node.totalObjects, bytes: node.bytes };
  }
  if (folded.nodes > 0) yield { ...folded, text: `… ${counted(folded.nodes, 'more node')}, each smaller` };
}

function columnsFor({ total, of }: RetentionTree): Column<Line>[] {
  return [
    { title: 'Share', align: 'right', cell: ({ bytes }) => formatShare(bytes, total.bytes) },
    { title: 'Size', align: 'right', cell: ({ bytes }) => formatBytes(bytes) },
    { title: 'Objects', align: 'right', cell: ({ objects }) => formatCount(objects) },
    { title: of === null ? 'From the roots down' : 'Up to the roots', align: 'left', flexible: true, cell: textOf },
  ];
}

function textOf({ text }: Line): string {
  return text;
}

/** `.conns[] → server.client ×40`; a root with what it is. */
function nodeText(node: RetentionNode): string {
  if (node.kind === 'package') return `${node.name || 'no package'} ×${formatCount(node.objects)}`;
  if (node.kind !== 'object') return rootText(node);
  const field = node.field === null ? '' : `${node.field} → `;
  return `${field}${shortGoName(node.name)} ×${formatCount(node.objects)}${chainText(node)}`;
}

/** Upside down a field is that of the object itself: `← server.Hub .conns[]`. */
function holdingText(node: RetentionNode): string {
  if (node.kind === 'package') return `${node.parent === null ? '' : '← '}${node.name || 'no package'}`;
  if (node.kind !== 'object') return `← ${rootText(node)}`;
  const field = node.field === null ? '' : ` ${node.field}`;
  return node.parent === null ? shortGoName(node.name) : `← ${shortGoName(node.name)}${field}${chainText(node)}`;
}

function rootText({ kind, roots, name, holder }: RetentionNode): string {
  if (kind === 'unheld') return name;
  return `${shortGoName(name)}${roots > 1 ? ` ×${formatCount(roots)}` : ''} (${holderWords(holder)})`;
}

function chainText({ longestChain }: RetentionNode): string {
  return longestChain > 1 ? `, chains of up to ${formatCount(longestChain)}` : '';
}
