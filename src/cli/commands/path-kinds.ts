/** `heapknot path --by kind`: the ways to an object by what they look like, with how many there are of each. */
import { holderWords, type Avoid, type ObjectDetail, type PathKindRow, type PathKinds } from '../../../workers/api';
import { counted, formatCount } from '../../../workers/lib/format';
import { shortGoName } from '../../../workers/lib/go-names';
import { moreLine } from '../lists';
import type { OpenDump } from '../open-dump';
import { writeAnswer } from '../output/document';
import { shortened } from '../output/units';

/** `limit`: kinds that are listed. */
export async function writePathKinds(
  dump: OpenDump,
  { asked, object, json }: { asked: string; object: ObjectDetail; json: boolean },
  avoid: Avoid,
  limit: number,
): Promise<void> {
  const { address, held } = object;
  const answer = await dump.session.rootPathKinds({ address, avoid });
  const shown = answer.kinds.slice(0, limit);
  if (json) {
    const { total, told } = answer;
    const about = { asked, found: true, address, held, total };
    await writeAnswer(dump, 'path', {
      ...about,
      told,
      kindsTotal: answer.kinds.length,
      kinds: shown.map(kindKeys),
      paths: [],
    });
    return;
  }
  const { out, style } = dump;
  await out.write(`${style.bold(headline(address, answer))}\n`);
  for (const kind of shown) await out.write(`\n${linesOf(kind, out.columns ?? Infinity).join('\n')}\n`);
  await out.write(moreLine(answer.kinds.length, shown.length));
}

function kindKeys({ root, steps, paths, length, example }: PathKindRow) {
  return { root, steps, paths, length, example: example.steps[0].address };
}

function headline(address: string, { total, told, kinds }: PathKinds): string {
  const bound = told < total ? `; the nearest ${formatCount(told)} were looked at` : '';
  return `${address} is alive: ${counted(total, 'root path')} of ${counted(kinds.length, 'kind')}${bound}.`;
}

/** `41 × server.(*client).readLoop: acc (goroutines)`, and below it a line a step. */
function linesOf({ root, steps, paths, length }: PathKindRow, columns: number): string[] {
  const head = `${formatCount(paths)} × ${shortGoName(root.name)} (${holderWords(root.holder)}), ${counted(length, 'object')} at the nearest`;
  const lines = steps.map(({ name, field }) => `  ${field === null ? '' : `${field} → `}${shortGoName(name)}`);
  return [head, ...lines].map((line) => shortened(line, columns));
}
