/** `heapknot export`: a cycle, an object's neighbourhood or its root path as a picture or a file. */
import { basename, extname } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import type { DrawingQuery, DrawnGraph } from '../../../workers/api';
import { layOut, toDot, toJson, toSvg } from '../../../workers/report';
import type { PictureTheme } from '../../../workers/report';
import type { CommandHost } from '../command-host';
import { EXIT, UsageError } from '../exit';
import type { ExitCode } from '../exit';
import { withDump } from '../open-dump';
import { dumpCommand, readAddress, wholeNumber } from '../options';
import type { DumpOptions } from '../options';
import { pngOf } from '../output/png';

const FORMATS = ['json', 'dot', 'svg', 'png'] as const;
type Format = (typeof FORMATS)[number];

/** Elements drawn unless `--budget` says otherwise: what a person can still read. */
const BUDGET = 120;
const BUDGETS = { least: 60, most: 500 };

interface ExportOptions extends DumpOptions {
  cycle?: number;
  object?: string;
  path?: string;
  format?: Format;
  output?: string;
  budget: number;
  theme: PictureTheme;
}

export function exportCommand(host: CommandHost): Command {
  return dumpCommand('export', 'A cycle, an object’s neighbourhood or its root path as PNG, SVG, DOT or JSON', [
    'heapknot export app.heap --cycle 3 -o cycle.png',
    'heapknot export app.heap --object 0xc000123456 --format dot | dot -Tpdf > object.pdf',
    'heapknot export app.heap --path 0xc000123456 --theme dark -o why.svg',
  ])
    .option('--cycle <id>', 'draw this cycle', wholeNumber)
    .option('--object <addr>', 'draw what is around this object')
    .option('--path <addr>', 'draw the root path of this object')
    .addOption(
      new Option(
        '--format <format>',
        'json, dot, svg or png (default: by the name of the output file, else svg)',
      ).choices(FORMATS),
    )
    .option('-o, --output <file>', 'write to this file instead of standard output')
    .option(
      '--budget <n>',
      `nodes and edges to draw at most, ${BUDGETS.least} to ${BUDGETS.most} (default: ${BUDGET})`,
      wholeNumber,
      BUDGET,
    )
    .addOption(
      new Option('--theme <theme>', 'colours of svg and png: light or dark (default: light)')
        .choices(['light', 'dark'])
        .default('light'),
    )
    .action((file: string, options: ExportOptions) => host.answer(answer(host, file, options)));
}

async function answer(host: CommandHost, file: string, options: ExportOptions): Promise<ExitCode> {
  const query = drawingQuery(options);
  const format = formatOf(options);
  const { io } = host;
  if (format === 'png' && options.output === undefined && io.out.isTerminal) {
    throw new UsageError('a PNG is not for the terminal; write it to a file with --output, or pipe it');
  }
  return withDump(io, file, options, async (dump) => {
    const graph = await dump.session.drawing(query);
    const contents = await contentsOf(graph, format, options.theme, basename(file));
    if (options.output === undefined) await dump.out.write(contents);
    else await io.writeFile(options.output, contents);
    return EXIT.answered;
  });
}

function drawingQuery({ cycle, object, path, budget }: ExportOptions): DrawingQuery {
  const given = [cycle, object, path].filter((subject) => subject !== undefined).length;
  if (given !== 1) throw new UsageError('export takes one of --cycle ID, --object ADDR and --path ADDR');
  if (budget < BUDGETS.least || budget > BUDGETS.most) {
    throw new UsageError(`--budget: ${budget} is not within ${BUDGETS.least} to ${BUDGETS.most}`);
  }
  const common = { budget, expanded: [] };
  if (cycle !== undefined) return { ...common, cycle };
  if (object !== undefined) return { ...common, address: readAddress(object) };
  return { ...common, pathOf: readAddress(path ?? '') };
}

function formatOf({ format, json, output }: ExportOptions): Format {
  if (json && format !== undefined && format !== 'json')
    throw new UsageError('--json means --format json; give one of them');
  if (json) return 'json';
  if (format !== undefined) return format;
  const ending = extname(output ?? '').slice(1);
  return FORMATS.find((candidate) => candidate === ending) ?? 'svg';
}

async function contentsOf(
  graph: DrawnGraph,
  format: Format,
  theme: PictureTheme,
  dumpName: string,
): Promise<string | Uint8Array> {
  switch (format) {
    case 'json':
      return toJson(graph);
    case 'dot':
      return toDot(graph);
    case 'svg':
      return toSvg(layOut(graph), { theme, dumpName, legend: true });
    case 'png':
      return pngOf(toSvg(layOut(graph), { theme, dumpName, legend: true }));
  }
}
