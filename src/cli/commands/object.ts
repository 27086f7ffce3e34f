/** `heapknot object`: single objects by address, what they refer to and what refers to them. */
import type { Command } from 'commander';
import { holderWords, unheldMeans } from '../../../workers/api';
import type { Allocation, DumpFacts, ObjectDetail, ReferenceRow, ReferrerRow, ValueRow } from '../../../workers/api';
import type { CommandHost } from '../command-host';
import { EXIT } from '../exit';
import type { ExitCode } from '../exit';
import { collected, listing, moreLine } from '../lists';
import type { Listing } from '../lists';
import { withDump } from '../open-dump';
import type { OpenDump } from '../open-dump';
import { dumpCommand, limitOf, readAddress, readAddressArguments, withLimit } from '../options';
import type { DumpOptions } from '../options';
import { rootKeys, typeKeys, writeAnswer } from '../output/document';
import { writeTable } from '../output/table';
import type { Column } from '../output/table';
import { counted, formatBytes, formatCount } from '../../../workers/lib/format';
import { nameOf, placeOf, targetOf, wrapped } from '../output/units';

interface ObjectOptions extends DumpOptions {
  limit?: number;
}

export function objectCommand(host: CommandHost): Command {
  const command = dumpCommand('object', 'Single objects: sizes, what holds them, references and referrers', [
    'heapknot object app.heap 0xc000123456',
    'heapknot object app.heap 0xc000010000 0xc000020000 --json --limit all',
    "heapknot cycles app.heap --json | jq -r '.cycles[0].members[].address' | heapknot object app.heap - --json",
  ]).argument('<addr...>', 'addresses anywhere inside objects; - reads addresses from standard input');
  return withLimit(command).action((file: string, asked: string[], options: ObjectOptions) =>
    host.answer(answer(host, file, asked, options)),
  );
}

async function answer(host: CommandHost, file: string, given: string[], options: ObjectOptions): Promise<ExitCode> {
  const asked = await readAddressArguments(host.io, given);
  asked.forEach(readAddress);
  return withDump(host.io, file, options, async (dump) => {
    const missing: string[] = [];
    const limit = limitOf(options);
    if (options.json) await writeAnswer(dump, 'object', { objects: documents(dump, asked, limit, missing) });
    else await writeTexts(dump, asked, limit, missing);
    return missing.length > 0 ? EXIT.notThere : EXIT.answered;
  });
}

/** One document for each address, in the order asked; those that lie in no object are added to `missing`. */
async function* documents(dump: OpenDump, asked: readonly string[], limit: number, missing: string[]): AsyncGenerator {
  for (const text of asked) {
    const object = await dump.session.object(readAddress(text));
    if (object === null) missing.push(text);
    yield object === null ? { asked: text, found: false } : await documentOf(dump, text, object, limit);
  }
}

function referencesOf({ session }: OpenDump, object: ObjectDetail, limit: number): Promise<Listing<ReferenceRow>> {
  return listing(limit, (range) => session.references(object.address, range));
}

function referrersOf({ session }: OpenDump, object: ObjectDetail, limit: number): Promise<Listing<ReferrerRow>> {
  return listing(limit, (range) => session.referrers(object.address, range));
}

function valuesOf({ session }: OpenDump, object: ObjectDetail, limit: number): Promise<Listing<ValueRow>> {
  return listing(limit, (range) => session.values(object.address, range));
}

async function documentOf(dump: OpenDump, asked: string, object: ObjectDetail, limit: number) {
  const references = await referencesOf(dump, object, limit);
  const referrers = await referrersOf(dump, object, limit);
  const values = await valuesOf(dump, object, limit);
  return {
    asked,
    found: true,
    address: object.address,
    slot: object.slot,
    size: object.size,
    ...typeKeys(object),
    reason: object.reason,
    reasons: object.reasons,
    held: object.held,
    holder: object.holder,
    reachable: object.reachable,
    retainedSize: object.retainedSize,
    retainedObjects: object.retainedObjects,
    distance: object.distance,
    dominator: object.dominator,
    cycle: object.cycle,
    finalizer: object.finalizer,
    hasFinalizer: object.hasFinalizer,
    allocation: object.allocation,
    values: (await collected(values)).map(valueKeys),
    valuesTotal: values.total,
    references: (await collected(references)).map(referenceKeys),
    referencesTotal: references.total,
    referrers: (await collected(referrers)).map(referrerKeys),
    referrersTotal: referrers.total,
  };
}

function valueKeys(value: ValueRow) {
  return { field: value.field, type: value.type, text: value.text, target: value.target };
}

function referenceKeys(reference: ReferenceRow) {
  return {
    offset: reference.offset,
    field: reference.field,
    target: reference.target,
    targetOffset: reference.targetOffset,
    ...typeKeys(reference),
    size: reference.size,
  };
}

function referrerKeys(referrer: ReferrerRow) {
  return {
    from: referrer.from,
    field: referrer.field,
    offset: referrer.offset,
    targetOffset: referrer.targetOffset,
    type: referrer.label?.type ?? null,
    root: referrer.root && rootKeys(referrer.root),
  };
}

async function writeTexts(dump: OpenDump, asked: readonly string[], limit: number, missing: string[]): Promise<void> {
  for (const [at, text] of asked.entries()) {
    if (at > 0) await dump.out.write('\n');
    const object = await dump.session.object(readAddress(text));
    if (object !== null) await writeText(dump, text, object, limit);
    else {
      missing.push(text);
      await dump.out.write(`No object of this dump lies at ${text}.\n`);
    }
  }
}

async function writeText(dump: OpenDump, asked: string, object: ObjectDetail, limit: number): Promise<void> {
  const { out, style } = dump;
  const into = BigInt(readAddress(asked)) - BigInt(object.address);
  const inside = into === 0n ? '' : ` (${asked} is ${into > 0n ? `${into} bytes into it` : 'in its header'})`;
  await out.write(`${style.bold(`${object.address}: ${nameOf(object)}${inside}`)}\n`);
  const facts = factsOf(object, dump.summary.dump).map(([what, value]) => {
    const margin = ' '.repeat(14);
    return `  ${style.dim(what.padEnd(10))}  ${wrapped(value, margin, out.columns).slice(margin.length)}\n`;
  });
  await out.write(`${facts.join('')}\n`);
  const values = await valuesOf(dump, object, limit);
  if (values.total > 0) {
    await writeTable(out, style, VALUES, values.rows);
    await out.write(`${moreLine(values.total, values.shown)}\n`);
  }
  const references = await referencesOf(dump, object, limit);
  if (references.total === 0) await out.write('It refers to nothing.\n');
  await writeTable(out, style, REFERENCES, references.rows);
  await out.write(`${moreLine(references.total, references.shown)}\n`);
  const referrers = await referrersOf(dump, object, limit);
  if (referrers.total === 0) await out.write('Nothing recorded refers to it.\n');
  await writeTable(out, style, REFERRERS, referrers.rows);
  await out.write(moreLine(referrers.total, referrers.shown));
}

function factsOf(object: ObjectDetail, dump: DumpFacts): [string, string][] {
  const retained = `${formatBytes(object.retainedSize)} in ${counted(object.retainedObjects, 'object')}`;
  const facts: [string, string][] = [
    ['size', `${formatBytes(object.size)}${object.slot === object.address ? '' : `, slot ${object.slot}`}`],
    ['held', heldText(object, dump)],
    ['retains', retained],
  ];
  if (object.dominator !== null)
    facts.push(['dominator', object.dominator === 'root' ? 'the roots together' : object.dominator]);
  if (object.cycle !== null) facts.push(['cycle', `${object.cycle}`]);
  if (object.hasFinalizer) facts.push(['finalizer', object.finalizer ?? 'yes']);
  for (const [at, reason] of object.reasons.entries()) facts.push([at === 0 ? 'type' : '', reason]);
  if (object.allocation !== null) facts.push(...allocationFacts(object.allocation));
  return facts;
}

/** A frame a line, and what of them is not as it seems. */
function allocationFacts({ frames, size, allocs, frees }: Allocation): [string, string][] {
  const site = `${formatBytes(size)} by this stack, which the profile saw allocate ${formatCount(allocs)} and free ${formatCount(frees)}`;
  const lines = frames.map((frame): [string, string] => ['', `${frame.function} at ${frame.file}:${frame.line}`]);
  return [['allocated', site], ...lines, ['', INLINED]];
}

const INLINED = 'Where a call was inlined, the function is the outer one; file and line are those of the inlined code.';

function heldText(object: ObjectDetail, dump: DumpFacts): string {
  const words = holderWords(object.holder);
  if (object.held === 'none') return `by ${words}: ${unheldMeans(dump)}`;
  const distance = object.distance === null ? '' : `, ${counted(object.distance, 'reference')} from the nearest root`;
  if (object.held === 'weak') return `by ${words}, which no pointer list names${distance}`;
  return `by ${words}${distance}`;
}

const VALUES: Column<ValueRow>[] = [
  { title: 'Field', align: 'left', cell: (value) => value.field, flexible: true },
  { title: 'Type', align: 'left', cell: (value) => value.type, flexible: true },
  { title: 'Value', align: 'left', cell: (value) => value.text, flexible: true },
  { title: 'Object', align: 'left', cell: (value) => (value.target === value.text ? '' : (value.target ?? '')) },
];

const REFERENCES: Column<ReferenceRow>[] = [
  { title: 'Reference', align: 'left', cell: placeOf },
  { title: 'To', align: 'left', cell: (reference) => targetOf(reference.target, reference.targetOffset) },
  { title: 'Size', align: 'right', cell: (reference) => formatBytes(reference.size) },
  { title: 'Retained', align: 'right', cell: (reference) => formatBytes(reference.retainedSize) },
  { title: 'Type', align: 'left', cell: nameOf, flexible: true },
];

const REFERRERS: Column<ReferrerRow>[] = [
  { title: 'Referrer', align: 'left', cell: (referrer) => referrer.root?.name ?? referrer.from, flexible: true },
  { title: 'At', align: 'left', cell: (referrer) => (referrer.root === null ? placeOf(referrer) : '') },
  {
    title: 'Retained',
    align: 'right',
    cell: (referrer) => (referrer.retainedSize === null ? '' : formatBytes(referrer.retainedSize)),
  },
  { title: 'Type', align: 'left', cell: referrerType, flexible: true },
];

function referrerType(referrer: ReferrerRow): string {
  if (referrer.label !== null) return nameOf(referrer.label);
  if (referrer.root === null) return '';
  return `${referrer.root.kind} root${referrer.root.weak ? ', a stack word that no list names' : ''}`;
}
