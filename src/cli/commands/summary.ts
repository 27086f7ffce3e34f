/** `heapknot summary`: what is in the dump, and how far it can be trusted. */
import type { Command } from 'commander';
import { absentPart, holderWords } from '../../../workers/api';
import type { EvidenceCounts, ExecutableFacts, Summary } from '../../../workers/api';
import type { CommandHost } from '../command-host';
import { EXIT } from '../exit';
import { withDump } from '../open-dump';
import type { OpenDump } from '../open-dump';
import { dumpCommand } from '../options';
import type { DumpOptions } from '../options';
import { stateOf } from '../output/document';
import { writeDocument } from '../output/json';
import { writeTable } from '../output/table';
import type { Column } from '../output/table';
import { executableNote, executableUse } from '../../../workers/report/executable-words';
import { counted, formatBytes, formatCount, formatShare } from '../../../workers/lib/format';
import { wrapped } from '../output/units';

export function summaryCommand(host: CommandHost): Command {
  return dumpCommand('summary', 'What is in the dump, and how far it can be trusted', [
    'heapknot summary app.heap',
    'heapknot app.heap',
    'heapknot summary app.heap --exe app',
    "heapknot summary app.heap --json | jq '.heap.reachableBytes'",
  ]).action((file: string, options: DumpOptions) =>
    host.answer(
      withDump(host.io, file, options, async (dump) => {
        await (options.json ? writeJson(dump) : writeText(dump));
        return EXIT.answered;
      }),
    ),
  );
}

async function writeJson({ out, summary }: OpenDump): Promise<void> {
  const { dump, heap, goroutines, roots, finalizers, cycles, naming } = summary;
  await writeDocument(out, {
    schema: 'heapknot/summary/1',
    dump: {
      bytes: dump.bytes,
      ...stateOf(dump),
      goVersion: dump.goVersion,
      architecture: dump.architecture,
      pointerBytes: dump.pointerBytes,
      byteOrder: dump.byteOrder,
    },
    heap: {
      objects: heap.objects,
      bytes: heap.bytes,
      reachableObjects: heap.reachableObjects,
      reachableBytes: heap.reachableBytes,
      weakObjects: heap.weakObjects,
      references: heap.references,
      phantomRecords: heap.phantomRecords,
      phantomBytes: heap.phantomBytes,
    },
    memstats: summary.memstats,
    goroutines: {
      total: goroutines.total,
      user: goroutines.user,
      system: goroutines.system,
      byState: Object.fromEntries(sortedStates(summary)),
    },
    roots: {
      data: roots.data,
      bss: roots.bss,
      stack: roots.stack,
      goroutine: roots.goroutine,
      finalizer: roots.finalizer,
      other: roots.other,
    },
    finalizers: { total: finalizers.total, queued: finalizers.queued },
    cycles: { count: cycles.count, objects: cycles.objects, bytes: cycles.bytes, largest: cycles.largest },
    naming: {
      objects: evidenceKeys(naming.objects),
      bytes: evidenceKeys(naming.bytes),
      executable: naming.executable,
    },
    heldBy: summary.heldBy.map(({ holder, objects, bytes }) => ({ holder, objects, bytes })),
    limits: summary.limits,
  });
}

function evidenceKeys({ exact, likely, kind, shape }: EvidenceCounts) {
  return { exact, likely, kind, shape };
}

function sortedStates(summary: Summary): [string, number][] {
  return Object.entries(summary.goroutines.byState).sort(([a], [b]) => (a < b ? -1 : 1));
}

interface Fact {
  what: string;
  count: number;
  bytes: number | null;
  /** True for what is no part of the heap. */
  outside?: boolean;
}

/** A summary is there at once; what looks wrong takes longer. */
const LOOK_FURTHER = 'What looks wrong: heapknot findings FILE.';

async function writeText({ out, style, summary }: OpenDump): Promise<void> {
  const { dump, heap } = summary;
  const size = formatBytes(heap.bytes);
  const reachable = formatShare(heap.reachableBytes, heap.bytes);
  await out.write(`${style.bold(`${counted(heap.objects, 'object')} in ${size}, ${reachable} of it reachable.`)}\n`);
  const order = `${dump.pointerBytes * 8} bit, ${dump.byteOrder} endian`;
  await out.write(
    `A ${dump.state} dump of ${formatBytes(dump.bytes)} by ${dump.goVersion} on ${dump.architecture} (${order}).\n\n`,
  );
  const whole = heap.bytes;
  const columns: Column<Fact>[] = [
    { title: 'Heap', align: 'left', cell: (fact) => fact.what },
    { title: 'Count', align: 'right', cell: (fact) => formatCount(fact.count) },
    { title: 'Size', align: 'right', cell: (fact) => (fact.bytes === null ? '' : formatBytes(fact.bytes)) },
    {
      title: 'Share',
      align: 'right',
      cell: (fact) => (fact.bytes === null || fact.outside === true ? '' : formatShare(fact.bytes, whole)),
    },
  ];
  await writeTable(out, style, columns, heapFacts(summary));
  const facts = [goroutineLine(summary), rootLine(summary), memStatsLine(summary), namingLine(summary), LOOK_FURTHER];
  await out.write(`\n${facts.map((fact) => wrapped(fact, '', out.columns)).join('\n')}\n`);
  if (summary.limits.length > 0) {
    const limits = summary.limits.map((limit) => `${wrapped(limit, '  - ', out.columns)}\n`).join('');
    await out.write(`\n${style.bold('What this dump cannot tell')}\n${limits}`);
  }
}

function heapFacts(summary: Summary): Fact[] {
  const { heap, cycles } = summary;
  const facts: Fact[] = [
    { what: 'objects', count: heap.objects, bytes: heap.bytes },
    ...summary.heldBy
      .filter((total) => total.objects > 0)
      .map(({ holder, objects, bytes }) => ({ what: `  held by ${holderWords(holder)}`, count: objects, bytes })),
    { what: 'cycles of the heap alone', count: cycles.count, bytes: null },
    { what: '  objects on them', count: cycles.objects, bytes: cycles.bytes },
    { what: '  objects of the largest', count: cycles.largest, bytes: null },
    { what: 'references', count: heap.references, bytes: null },
  ];
  if (heap.phantomRecords > 0) {
    facts.push({ what: 'phantoms left out', count: heap.phantomRecords, bytes: heap.phantomBytes, outside: true });
  }
  return facts;
}

function goroutineLine(summary: Summary): string {
  const { total, user, system } = summary.goroutines;
  const states = sortedStates(summary)
    .map(([state, count]) => `${formatCount(count)} ${state}`)
    .join(', ');
  const { queued } = summary.finalizers;
  const finalizers = `${counted(summary.finalizers.total, 'finalizer')}${queued > 0 ? `, ${formatCount(queued)} queued` : ''}`;
  const absent = absentPart(summary.dump, 'goroutines and their stacks');
  if (absent !== null) return absent;
  return `${counted(total, 'goroutine')}: ${user} of the program, ${system} of the runtime (${states}). ${finalizers}.`;
}

function rootLine({ roots }: Summary): string {
  const kinds = Object.entries(roots).filter(([, count]) => count > 0);
  if (kinds.length === 0) return 'No references from roots.';
  return `References from roots: ${kinds.map(([kind, count]) => `${formatCount(count)} ${kind}`).join(', ')}.`;
}

/** The integrity check: what was counted, beside what the runtime says of itself. */
function memStatsLine({ heap, memstats }: Summary): string {
  if (memstats === null) return 'The runtime’s statistics are not in this dump, so the totals are not checked.';
  const { HeapObjects: objects, HeapAlloc: bytes } = memstats;
  if (objects === heap.objects && bytes === heap.bytes)
    return 'The totals agree with the runtime’s statistics to the byte.';
  return `The runtime counts ${formatCount(objects ?? 0)} objects and ${formatCount(bytes ?? 0)} bytes; the dump holds ${formatCount(heap.objects)} and ${formatCount(heap.bytes)}.`;
}

function noteOn(executable: ExecutableFacts): string {
  const note = executableNote(executable);
  return note === null ? '' : ` ${note}`;
}

/** `Names: 71.2 % of the objects exact, 2.0 % likely, 10.4 % by kind. app matches: …` */
function namingLine({ heap, naming }: Summary): string {
  const { exact, likely, kind } = naming.objects;
  const part = (objects: number) => formatShare(objects, heap.objects);
  const known = `Names: ${part(exact)} of the objects exact, ${part(likely)} likely, ${part(kind)} by kind.`;
  return naming.executable === null
    ? `${known} No executable was given.`
    : `${known} ${executableUse(naming.executable)}. ${naming.executable.verdict}${noteOn(naming.executable)}`;
}
