/** `heapknot free`: what would free something, by kind. */
import type { Command } from 'commander';
import type { FreeHolder, FreeQuery, Freeing } from '../../../workers/api';
import type { CommandHost } from '../command-host';
import { EXIT, UsageError } from '../exit';
import type { ExitCode } from '../exit';
import { heldObjectsOfType } from '../held-objects';
import { withDump } from '../open-dump';
import type { OpenDump } from '../open-dump';
import { dumpCommand, limitOf, readAddress, repeated, wholeNumber, withLimit } from '../options';
import type { DumpOptions } from '../options';
import { writeAnswer } from '../output/document';
import { writeFreeing } from '../output/free-table';

interface FreeOptions extends DumpOptions {
  limit?: number;
  cycle?: number;
  type?: string;
  finding?: string;
  cut: string[];
}

export function freeCommand(host: CommandHost): Command {
  const command = dumpCommand('free', 'What would free something: who holds it, by kind, and the fewest kinds to cut', [
    'heapknot free app.heap 0xc000123456',
    'heapknot free app.heap --type main.Store',
    "heapknot free app.heap --type main.Store --cut 'main.registry' --cut readLoop",
    "heapknot free app.heap --cycle 3 --json | jq '.fewest'",
  ]).argument('[addr]', 'the object');
  return withLimit(command)
    .option('--cycle <n>', 'the cycle, by its number', wholeNumber)
    .option('--type <name>', 'all objects of this type')
    .option('--finding <id>', 'the objects of this finding')
    .option('--cut <kind>', 'think this kind away; its id, or what only one id contains; may be repeated', repeated, [])
    .action((file: string, addr: string | undefined, options: FreeOptions) =>
      host.answer(answer(host, file, addr, options)),
    );
}

async function answer(
  host: CommandHost,
  file: string,
  addr: string | undefined,
  options: FreeOptions,
): Promise<ExitCode> {
  const given = [addr, options.cycle, options.type, options.finding].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw new UsageError('Name one thing: an object by its address, --cycle N, --type NAME, or --finding ID');
  return withDump(host.io, file, options, async (dump) => {
    const of = await targetOf(dump, addr, options);
    const freeing = of && (await dump.session.free({ of, cut: options.cut }));
    if (options.json) await writeJson(dump, freeing, limitOf(options));
    else if (freeing === null) await dump.out.write(`No object of this dump lies at ${addr}.\n`);
    else await writeFreeing(dump, freeing, limitOf(options));
    return freeing === null || freeing.objects === 0 ? EXIT.notThere : EXIT.answered;
  });
}

async function targetOf(
  dump: OpenDump,
  addr: string | undefined,
  { cycle, type, finding }: FreeOptions,
): Promise<FreeQuery['of'] | null> {
  if (cycle !== undefined) return { cycle };
  if (finding !== undefined) return { finding };
  if (type !== undefined) return heldObjectsOfType(dump.session, type);
  const address = readAddress(addr ?? '');
  return (await dump.session.object(address)) === null ? null : { addresses: [address] };
}

/** Where no object lies at the address, everything is empty. */
const NOTHING: Freeing = {
  target: '',
  objects: 0,
  bytes: 0,
  holders: [],
  entering: 0,
  ancestors: { objects: 0, kinds: 0 },
  cut: [],
  together: { objects: 0, bytes: 0 },
  fewest: null,
  nearest: null,
  inside: null,
};

async function writeJson(dump: OpenDump, freeing: Freeing | null, limit: number): Promise<void> {
  const { objects, bytes, holders, entering, ancestors, cut, together, fewest, nearest, inside } = freeing ?? NOTHING;
  await writeAnswer(dump, 'free', {
    target: freeing?.target ?? null,
    objects,
    bytes,
    ancestors,
    entering,
    holders: shown(freeing ?? NOTHING, limit).map(holderKeys),
    holdersTotal: holders.length,
    cut,
    together,
    fewest: fewest?.ids ?? null,
    fewestFrees: fewest?.frees ?? null,
    nearest: nearest?.ids ?? null,
    nearestFrees: nearest?.frees ?? null,
    inside: inside && { field: inside.field, objects: inside.objects, bytes: inside.bytes },
  });
}

/** The first ones, and whatever the fewest kinds speak of. */
function shown({ holders, fewest, nearest }: Freeing, limit: number): FreeHolder[] {
  const named = new Set([...(fewest?.ids ?? []), ...(nearest?.ids ?? [])]);
  return holders.filter(({ id }, at) => at < limit || named.has(id));
}

function holderKeys(holder: FreeHolder) {
  const { id, kind, enters, name, owner, to, lettingGo, place, references, freesAlone, example } = holder;
  return {
    id,
    kind,
    enters,
    name,
    owner,
    to,
    holder: holder.holder,
    lettingGo,
    function: place?.function ?? null,
    file: place?.file ?? null,
    line: place?.line ?? null,
    references,
    freesAlone,
    example,
  };
}
