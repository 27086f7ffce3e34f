/** `heapknot retention`: where the memory is, from the roots down, adding up to all that is reachable. */
import { Option, type Command } from 'commander';
import {
  MOST_NODES,
  RETENTION_BY,
  type HeldObjects,
  type RetentionBy,
  type RetentionNode,
  type RetentionQuery,
  type RetentionTree,
} from '../../../workers/api';
import type { CommandHost } from '../command-host';
import { EXIT, UsageError } from '../exit';
import type { ExitCode } from '../exit';
import { heldObjectsOfType } from '../held-objects';
import { withDump, type OpenDump } from '../open-dump';
import { countOrAll, dumpCommand, readAddress, repeated, wholeNumber, type DumpOptions } from '../options';
import { writeAnswer } from '../output/document';
import { writeRetention } from '../output/retention-table';

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
    else await writeRetention(dump, tree);
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
