/** What a person may type to get somewhere: an address, `17` or `g17` of a goroutine, `cycle 3`, a type, a function. */
import { EngineError } from '../../api/errors';
import type { SearchHit } from '../../api/rows';
import { MAX_PAGE } from '../../api/values';
import { counted, formatBytes } from '../../lib/format';
import { NONE } from '../../lib/none';
import { objectAddress, parseAddress } from '../dump/address';
import type { AnalysedDump } from '../dump/opened-dump';
import { entryOf, stateOf } from '../rows/goroutine-state';
import { typeLabel, typeText } from '../dump/type-labels';

/** What is searched: as soon as names stand, before dominators are computed. Costs a look at each label and frame, at no object. */
type Searched = Pick<AnalysedDump, 'graph' | 'labels' | 'components'>;

/** Hits in the order of how exactly they were named: address, goroutine, cycle, then functions and types that contain the text. */
export function findHits(dump: Searched, text: string, limit: number): SearchHit[] {
  if (!Number.isInteger(limit) || limit < 0 || limit > MAX_PAGE) {
    throw new EngineError('BadRequest', `Between 0 and ${MAX_PAGE} hits can be asked for, not ${limit}`);
  }
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  return [
    ...objectHits(dump, wanted),
    ...goroutineHits(dump, wanted),
    ...cycleHits(dump, wanted),
    ...functionHits(dump, wanted),
    ...typeHits(dump, text.trim()),
  ].slice(0, limit);
}

/** An address, with `0x` or as bare hex of at least six digits; anywhere inside an object. */
function objectHits({ graph, labels }: Searched, wanted: string): SearchHit[] {
  if (!/^(0x[0-9a-f]{1,16}|[0-9a-f]{6,16})$/.test(wanted)) return [];
  const asked = parseAddress(wanted.startsWith('0x') ? wanted : `0x${wanted}`);
  const id = graph.index.objectAt(asked);
  if (id === NONE) return [];
  const address = objectAddress(graph, id);
  const inside = asked - parseAddress(address);
  const detail = typeText(typeLabel(labels, id));
  const place = inside === 0 ? '' : `, ${Math.abs(inside)} bytes ${inside > 0 ? 'into' : 'before'} its value`;
  return [{ kind: 'object', label: address, detail: `${detail}${place}`, address, id: null }];
}

function goroutineHits({ graph }: Searched, wanted: string): SearchHit[] {
  const asked = /^(?:g|goroutine)?\s*#?(\d+)$/.exec(wanted);
  if (!asked) return [];
  const { records } = graph;
  return records.goroutines
    .filter((goroutine) => goroutine.id === Number(asked[1]))
    .map((goroutine) => ({
      kind: 'goroutine' as const,
      label: `goroutine ${goroutine.id}`,
      detail: [stateOf(goroutine), entryOf(records, goroutine)].filter(Boolean).join(', '),
      address: null,
      id: goroutine.id,
    }));
}

function cycleHits({ components }: Searched, wanted: string): SearchHit[] {
  const asked = /^cycle\s*#?(\d+)$/.exec(wanted);
  const cycle = asked ? Number(asked[1]) : NONE;
  if (cycle >= components.cycleCount) return [];
  const members = components.memberStart[cycle + 1] - components.memberStart[cycle];
  const detail = members === 1 ? '1 object' : `${members} objects`;
  return [{ kind: 'cycle', label: `cycle ${cycle}`, detail, address: null, id: cycle }];
}

/** Functions on some stack, those with most frames first. */
function functionHits({ graph }: Searched, wanted: string): SearchHit[] {
  const frames = new Map<string, { frames: number; goroutine: number }>();
  for (const frame of graph.records.frames) {
    if (!frame.function.toLowerCase().includes(wanted)) continue;
    const known = frames.get(frame.function);
    if (known) known.frames++;
    else frames.set(frame.function, { frames: 1, goroutine: graph.records.goroutines[frame.goroutine].id });
  }
  return [...frames]
    .sort(([, a], [, b]) => b.frames - a.frames)
    .map(([name, found]) => ({
      kind: 'function',
      label: name,
      detail: found.frames === 1 ? `in goroutine ${found.goroutine}` : `${found.frames} frames`,
      address: null,
      id: found.goroutine,
    }));
}

/** Types whose text contains all that was typed, matches `/a regex/` or belongs to `pkg:` a package, those with most bytes first. */
function typeHits({ labels }: Searched, wanted: string): SearchHit[] {
  const matches = typeTest(wanted);
  const hits: { label: number; text: string }[] = [];
  for (let label = 0; label < labels.count; label++) {
    const known = labels.label(label);
    const text = typeText(known);
    if (matches(text, known.package)) hits.push({ label, text });
  }
  return hits
    .sort((a, b) => labels.bytes[b.label] - labels.bytes[a.label])
    .map(({ label, text }) => ({
      kind: 'type',
      label: text,
      detail: `${counted(labels.objects[label], 'object')}, ${formatBytes(labels.bytes[label])}`,
      address: null,
      id: null,
    }));
}

/** What was typed as a test of a type's text and package. An expression that is none yet, half typed, is text like any other. */
function typeTest(wanted: string): (text: string, packagePath: string | null) => boolean {
  const lower = wanted.toLowerCase();
  const path = /^pkg:(.*)$/.exec(lower)?.[1];
  if (path !== undefined) return (_, packagePath) => packagePath?.toLowerCase().includes(path) ?? false;
  // as typed: \W is not \w
  const expression = /^\/(.+)\/$/.exec(wanted)?.[1];
  const pattern = expression === undefined ? null : regexOrNull(expression);
  return (text) => pattern?.test(text) ?? text.toLowerCase().includes(lower);
}

function regexOrNull(expression: string): RegExp | null {
  try {
    return new RegExp(expression, 'i');
  } catch {
    return null;
  }
}
