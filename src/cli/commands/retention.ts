/** `heapknot retention`: where the memory is, from the roots down, adding up to all that is reachable. */
import { Option, type Command } from 'commander';
import {
  holderWords,
  MOST_NODES,
  RETENTION_BY,
  type Amount,
  type HeldObjects,
  type RetentionBy,
  type RetentionNode,
  type RetentionQuery,
  type RetentionTree,
} from '../../../workers/api';
import { counted, formatBytes, formatCount, formatShare } from '../../../workers/lib/format';
import { shortGoName } from '../../../workers/lib/go-names';
import type { CommandHost } from '../command-host';
import { EXIT, UsageError } from '../exit';
import type { ExitCode } from '../exit';
import { heldObjectsOfType } from '../held-objects';
import { withDump, type OpenDump } from '../open-dump';
import { countOrAll, dumpCommand, readAddress, repeated, wholeNumber, type DumpOptions } from '../options';
import { writeAnswer } from '../output/document';
import { writeTable, type Column } from '../output/table';

interface RetentionOptions extends DumpOptions {
  by: RetentionBy;
  of?: string;
  ofType?: string;
  ofCycle?: number;
  ofFinding?: string;
  under?: string;
  focus?: string;
  ignore?: string;
  hide?: string;
  without: string[];
  packages: boolean;
  depth?: number;
  min?: number;
  limit?: number;
}

/** Of what is asked about, where `--min` is not given: a screenful of a server. */
const SHARE_OF_TABLE = 0.01;
const LINES_OF_TABLE = 40;

export function retentionCommand(host: CommandHost): Command {
  return dumpCommand('retention', 'Where the memory is: kinds of chains from the roots down, adding up to 100 %', [
    'heapknot retention app.heap --exe app',
    'heapknot retention app.heap --of-type main.Session',
    'heapknot retention app.heap --focus /Cache/ --min 0.1%',
    'heapknot retention app.heap --by dominator --depth 3 --json',
  ])
    .addOption(
      new Option('--by <way>', 'path: on a shortest way from the roots; dominator: below what it goes with')
        .choices(RETENTION_BY)
        .default('path'),
    )
    .option(
      '--of <text|/re/|0xADDR>',
      'upside down: what holds the objects of the types that this finds, or one object',
    )
    .option('--of-type <name>', 'upside down: what holds the objects of this type')
    .option('--of-cycle <id>', 'upside down: what holds the members of this cycle', wholeNumber)
    .option('--of-finding <id>', 'upside down: what holds the objects of this finding')
    .option('--packages', 'tell packages in place of types and fields: of what holds, and of what is held', false)
    .option('--under <id>', 'only the node with this id (of --json) and what is below it')
    .option('--focus <text|/re/>', 'only chains with such a name or field')
    .option('--ignore <text|/re/>', 'only chains without such a name or field')
    .option('--hide <text|/re/>', 'leave out such nodes, and put what is below in their place')
    .option('--without <field>', 'do not follow this field, as “main.Node .parent”; may be repeated', repeated, [])
    .option('--depth <n|all>', 'levels below the top', countOrAll)
    .option('--min <share>', 'fold nodes of less than this share (default: 1%, with --json 0.5%)', readShare)
    .option('--limit <n|all>', `nodes to list, largest first (default: ${LINES_OF_TABLE}, with --json all)`, countOrAll)
    .action((file: string, options: RetentionOptions) => host.answer(answer(host, file, options)));
}

async function answer(host: CommandHost, file: string, options: RetentionOptions): Promise<ExitCode> {
  return withDump(host.io, file, options, async (dump) => {
    const tree = await dump.session.retention(await queryOf(dump, options));
    if (options.json) await writeAnswer(dump, 'retention', treeKeys(tree));
    else await writeText(dump, tree);
    return tree.total.objects === 0 && tree.of !== null ? EXIT.notThere : EXIT.answered;
  });
}

async function queryOf(dump: OpenDump, options: RetentionOptions): Promise<RetentionQuery> {
  const { by, under, focus, ignore, hide, without } = options;
  return {
    by,
    group: options.packages ? 'package' : undefined,
    of: await objectsAsked(dump, options),
    under,
    focus,
    ignore,
    hide,
    without,
    depth: options.depth === Infinity ? undefined : options.depth,
    minShare: options.min ?? (options.json ? SHARE_OF_TABLE / 2 : SHARE_OF_TABLE),
    limit: options.limit ?? (options.json ? MOST_NODES : LINES_OF_TABLE),
  };
}

async function objectsAsked(
  { session }: OpenDump,
  { of, ofType, ofCycle, ofFinding }: RetentionOptions,
): Promise<HeldObjects | undefined> {
  const given = [of, ofType, ofCycle, ofFinding].filter((one) => one !== undefined);
  if (given.length > 1) throw new UsageError('--of, --of-type, --of-cycle and --of-finding: only one of them');
  if (ofCycle !== undefined) return { cycle: ofCycle };
  if (ofFinding !== undefined) return { finding: ofFinding };
  if (ofType !== undefined) return heldObjectsOfType(session, ofType);
  if (of === undefined) return undefined;
  return /^0x[0-9a-f]+$/i.test(of) ? { addresses: [readAddress(of)] } : { matching: of };
}

function readShare(text: string): number {
  const match = /^(\d+(?:\.\d+)?)%?$/.exec(text);
  const percent = match ? Number(match[1]) : NaN;
  if (!(percent <= 100)) throw new UsageError(`--min: “${text}” is not a share like 0.5%`);
  return percent / 100;
}

function treeKeys({ by, of, total, unheld, nodes, folded, nodeCount }: RetentionTree) {
  return { by, of, total, unheld, nodeCount, nodes: nodes.map(nodeKeys), folded };
}

function nodeKeys(node: RetentionNode) {
  const { id, parent, kind, name, field, holder, named, roots, objects, ownBytes, totalObjects, bytes } = node;
  return {
    id,
    parent,
    kind,
    name,
    field,
    package: node.package,
    holder,
    named,
    roots,
    objects,
    ownBytes,
    totalObjects,
    bytes,
    longestChain: node.longestChain,
    folded: node.folded,
  };
}

async function writeText({ out, style }: OpenDump, tree: RetentionTree): Promise<void> {
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
