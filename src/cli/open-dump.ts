/** Everything around an answer: opening the dump, telling how far it is, Ctrl+C, and what is wrong with the file. */
import { readGivenNames } from '../../workers/api';
import type { AnalysisSession, DumpFacts, OpenRequest, Summary } from '../../workers/api';
import { EXIT, Interrupted } from './exit';
import type { ExitCode } from './exit';
import type { Io, Output } from './io';
import type { DumpOptions } from './options';
import { styleFor } from './output/style';
import type { Style } from './output/style';
import { counted, formatBytes, formatCount } from '../../workers/lib/format';
import { showProgress } from './progress';

/** An open dump, as commands see it. */
export interface OpenDump {
  io: Io;
  /** Standard output; throws `Interrupted` instead of writing on after Ctrl+C. */
  out: Output;
  style: Style;
  session: AnalysisSession;
  summary: Summary;
}

/** Opens FILE, answers with `body`, closes. Engine errors pass through; `endOf` turns them into exit codes. */
export async function withDump(
  io: Io,
  file: string,
  options: DumpOptions,
  body: (dump: OpenDump) => Promise<ExitCode>,
): Promise<ExitCode> {
  const session = io.createSession();
  const interrupt = { asked: false };
  const ignoreInterrupts = io.onInterrupt(() => {
    interrupt.asked = true;
    void session.cancel();
  });
  try {
    const hideProgress = options.quiet ? async () => {} : showProgress(io, session);
    const summary = await session.open(requestFor(file, options)).finally(hideProgress);
    if (!options.quiet) await tellWhatIsWrong(io, options, summary.dump);
    if (options.names !== undefined) await giveNames(io, session, options.names, options);
    if (options.strict && summary.dump.state !== 'whole') return EXIT.unreadable;
    const out = interruptible(io.out, interrupt);
    return await body({ io, out, style: styleFor(io, 'out', options.color), session, summary });
  } finally {
    ignoreInterrupts();
    await session.close();
  }
}

function requestFor(file: string, { strict, exe }: DumpOptions): OpenRequest {
  if (exe === undefined) return { file, strict };
  return { file, strict, executable: exe === false ? null : exe };
}

function interruptible(out: Output, interrupt: { asked: boolean }): Output {
  return {
    isTerminal: out.isTerminal,
    columns: out.columns,
    async write(chunk) {
      if (interrupt.asked) throw new Interrupted();
      await out.write(chunk);
    },
  };
}

/** Names that are for another dump are told, and those that fit are used. */
async function giveNames(io: Io, session: AnalysisSession, file: string, options: DumpOptions): Promise<void> {
  const unknown = await session.giveNames(readGivenNames(await io.readFile(file), file));
  if (unknown.length === 0 || options.quiet) return;
  const some = unknown.slice(0, 3).join(', ') + (unknown.length > 3 ? ' …' : '');
  const line = `warning: ${counted(unknown.length, 'name')} of ${file} ${unknown.length === 1 ? 'is' : 'are'} for no type of this dump: ${some}`;
  await io.err.write(`heapknot: ${styleFor(io, 'err', options.color).warn(line)}\n`);
}

async function tellWhatIsWrong(io: Io, options: DumpOptions, dump: DumpFacts): Promise<void> {
  const style = styleFor(io, 'err', options.color);
  for (const line of complaintsAbout(dump)) await io.err.write(`heapknot: ${style.warn(line)}\n`);
}

/** What a person must know before trusting an answer, one sentence each. */
function complaintsAbout(dump: DumpFacts): string[] {
  const lines = dump.warnings.map((warning) => `warning: ${warning.message}`);
  if (dump.problem === null) return lines;
  const { offset, record, expected, found, lost } = dump.problem;
  const where = record === null ? 'between records' : `in a record of kind ${record}`;
  lines.unshift(
    `this dump is ${dump.state}: at offset ${formatCount(offset)} of ${formatBytes(dump.bytes)}, ${where}: expected ${expected}, found ${found}`,
  );
  if (lost.length > 0) lines.splice(1, 0, `what follows is missing: ${lost.join(', ')}`);
  return lines;
}
