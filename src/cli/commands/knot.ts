/** `heapknot knot`: what ties a large cycle, and what is left of it without that. */
import { basename, extname } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { MOST_TIES, type Knot, type KnotPiece, type KnotTie } from '../../../workers/api';
import {
  chatScale,
  fittedKinds,
  layOutKinds,
  pictureSize,
  toDot,
  toJson,
  toSvg,
  type PictureTheme,
} from '../../../workers/report';
import type { CommandHost } from '../command-host';
import { EXIT, UsageError } from '../exit';
import type { ExitCode } from '../exit';
import { withDump } from '../open-dump';
import { dumpCommand, repeated, wholeNumber, type DumpOptions } from '../options';
import { writeAnswer } from '../output/document';
import { writeKnot } from '../output/knot-table';
import { pngOf } from '../output/png';

/** Unless `--ties` says otherwise. */
const TIES = 10;
const FORMATS = ['png', 'svg', 'dot', 'json'] as const;
type Format = (typeof FORMATS)[number];

interface KnotOptions extends DumpOptions {
  ties: number;
  ignore: string[];
  unbounded: boolean;
  output?: string;
  theme: PictureTheme;
}

export function knotCommand(host: CommandHost): Command {
  return dumpCommand(
    'knot',
    'What ties a large cycle: fields that hold nothing by themselves, and what is left without them',
    [
      'heapknot knot app.heap 3 --exe app',
      "heapknot knot app.heap 3 --ignore 'server.client .srv'",
      'heapknot knot app.heap 3 --output knot.png',
      "heapknot knot app.heap 3 --json | jq '.ties[0]'",
    ],
  )
    .argument('<cycle>', 'the cycle, by its number', wholeNumber)
    .option('--ties <n>', `ties to find at most, up to ${MOST_TIES} (default: ${TIES})`, tieCount, TIES)
    .option(
      '--ignore <field>',
      'as if this field held nil, as “main.Node .parent”; with “ → main.Tree” behind it only where it leads there; may be repeated',
      repeated,
      [],
    )
    .option('--unbounded', 'try every kind of reference, however long that takes', false)
    .option('-o, --output <file>', 'draw the graph of kinds into a .png, .svg, .dot or .json file')
    .addOption(
      new Option('--theme <theme>', 'colours of svg and png: light or dark (default: light)')
        .choices(['light', 'dark'])
        .default('light'),
    )
    .action((file: string, cycle: number, options: KnotOptions) => host.answer(answer(host, file, cycle, options)));
}

function tieCount(text: string): number {
  const ties = wholeNumber(text);
  if (ties <= MOST_TIES) return ties;
  throw new InvalidArgumentError(`Expected at most ${MOST_TIES}.`);
}

async function answer(host: CommandHost, file: string, cycle: number, options: KnotOptions): Promise<ExitCode> {
  const { output } = options;
  const format = output === undefined ? null : formatOf(output);
  return withDump(host.io, file, options, async (dump) => {
    const { ties, ignore, unbounded } = options;
    const knot = await dump.session.knot({ cycle, ties, ignore, unbounded });
    if (output !== undefined && format !== null)
      await host.io.writeFile(output, await drawn(knot, format, options.theme, basename(file)));
    if (options.json) await writeAnswer(dump, 'knot', knotKeys(knot));
    else await writeKnot(dump, knot);
    return EXIT.answered;
  });
}

function formatOf(output: string): Format {
  const ending = extname(output).slice(1);
  const format = FORMATS.find((known) => known === ending);
  if (format !== undefined) return format;
  throw new UsageError(`--output: “${output}” must end with .${FORMATS.join(', .')}`);
}

function drawn(
  { drawing: kinds }: Knot,
  format: Format,
  theme: PictureTheme,
  dumpName: string,
): Promise<Uint8Array> | string {
  if (format === 'json') return toJson(kinds);
  if (format === 'dot') return toDot(kinds);
  const drawing = layOutKinds(fittedKinds(kinds));
  const options = { theme, dumpName, legend: true };
  const svg = toSvg(drawing, options);
  return format === 'svg' ? svg : pngOf(svg, chatScale(pictureSize(drawing, options)));
}

function knotKeys(knot: Knot) {
  const { cycle, objects, bytes, kinds, ignored, largest, inCycles, tried, end, shapes } = knot;
  return {
    cycle,
    objects,
    bytes,
    kinds: { objects: kinds.objects, references: kinds.references },
    ignored,
    largest,
    inCycles,
    tried,
    end,
    ties: knot.ties.map(tieKeys),
    shapes,
    pieces: knot.pieces.map(pieceKeys),
  };
}

function tieKeys({ from, field, to, references, largestLeft, inCyclesLeft }: KnotTie) {
  return { from, field, to, references, largestLeft, inCyclesLeft };
}

function pieceKeys({ shape, cycles, objects, bytes }: KnotPiece) {
  return { shape, cycles, objects, bytes };
}
