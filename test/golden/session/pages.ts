/**
 * The answers as pages that a person can review: one page for each group of questions, all dumps on it, the cells that say something. What the
 * cells leave out, `properties.ts` holds to what else the session says.
 */
import { basename } from 'node:path';
import type {
  BorderReference,
  Cuts,
  CycleRow,
  ObjectRow,
  ReferenceRow,
  ReferrerRow,
  RootLabel,
  RootPath,
  RootRow,
  TypeLabel,
} from '../../../workers/api';
import type { Answers, CycleAnswers, ObjectAnswers } from './questions';
import { facts, records, section, table, wrapped, type Columns } from '../text';

type Page = (all: ReadonlyMap<string, Answers>) => string;

const eachDump =
  (page: (answers: Answers) => string[]): Page =>
  (all) =>
    [...all].flatMap(([name, answers]) => [`== ${name}`, '', ...page(answers)]).join('\n');

/** File name → page. */
export const PAGES: Readonly<Record<string, Page>> = {
  summary: summaryPage,
  cycles: eachDump(cyclesPage),
  objects: eachDump(objectsPage),
  'goroutines-and-roots': eachDump(goroutinesPage),
  'largest-cycle': eachDump(({ cycle }) => cyclePage(cycle)),
  'largest-holder': eachDump(({ holder }) => objectPage(holder)),
  refused: refusedPage,
};

const shortName = (file: string): string => basename(file, '.heap');

function summaryPage(all: ReadonlyMap<string, Answers>): string {
  const parts = [...all.values()].map(({ summary }) => {
    const { dump, heap, goroutines, roots, finalizers, cycles, naming, heldBy } = summary;
    return { dump, heap, goroutines, roots, finalizers, cycles, naming: naming.objects, heldBy };
  });
  const told = new Map<string, string[]>();
  for (const [name, { summary }] of all) {
    const warnings = summary.dump.warnings.map(({ code, message }) => `${code}: ${message}`);
    for (const text of [...warnings, ...summary.limits]) told.set(text, [...(told.get(text) ?? []), name]);
  }
  const limits = [...told].flatMap(([text, names]) =>
    wrapped(`- ${names.length === all.size ? '' : `${names.map(shortName).join(', ')}: `}${text}`),
  );
  return [...facts([...all.keys()].map(shortName), parts), '', '== what they cannot tell', '', ...limits, ''].join(
    '\n',
  );
}

const label = (of: TypeLabel | null): string => (of === null ? '' : (of.type ?? of.hint ?? of.shape));

const place = (root: RootLabel): string => `${root.kind} ${root.name}${root.weak ? ', weak' : ''}`;

const at = (field: string | null, offset: number | null): string =>
  field ?? (offset === null ? '' : `+${String(offset)}`);

const CYCLES: Columns<CycleRow> = {
  id: ({ id }) => id,
  objects: ({ objects }) => objects,
  own: ({ ownBytes }) => ownBytes,
  retained: ({ retainedBytes }) => retainedBytes,
  class: ({ class: of, stuck }) => (stuck ? `${of}, stuck` : of),
  held: ({ held }) => held,
  entering: ({ enteringTotal }) => enteringTotal,
  leaving: ({ leavingTotal }) => leavingTotal,
  finalizers: ({ finalizers }) => finalizers,
  shape: ({ shape }) => shape,
  through: ({ through }) => through.join(', '),
};

function cyclesPage({ lists }: Answers): string[] {
  return [
    ...section('by retained size', lists.cycles, CYCLES),
    ...section('held by a goroutine or a finalizer', lists.cyclesOfHolders, CYCLES),
    ...section('the last, with globals, goroutines and finalizers', lists.cyclesOfAll, CYCLES),
    ...section('by shape', lists.shapes, {
      first: ({ first }) => first,
      class: ({ class: of }) => of,
      count: ({ count }) => count,
      objects: ({ objects }) => objects,
      own: ({ ownBytes }) => ownBytes,
      retained: ({ retainedBytes }) => retainedBytes,
      largest: ({ largest, largestBytes }) => `${String(largest)}: ${String(largestBytes)}`,
      exact: ({ exact }) => exact,
      shape: ({ shape }) => shape,
      joints: ({ joints }) => joints.join(', '),
    }),
  ];
}

const OBJECTS: Columns<ObjectRow> = {
  address: ({ address }) => address,
  size: ({ size }) => size,
  retained: ({ retainedSize }) => retainedSize,
  objects: ({ retainedObjects }) => retainedObjects,
  holder: ({ holder }) => holder,
  distance: ({ distance }) => distance,
  cycle: ({ cycle }) => cycle,
  refs: ({ references }) => references,
  referrers: ({ referrers }) => referrers,
  evidence: ({ evidence }) => evidence,
  label,
};

function objectsPage({ lists }: Answers): string[] {
  return [
    ...section('objects by retained size', lists.objects, OBJECTS),
    ...section('of 16 bytes to 1 KiB, held by stale words', lists.staleWords, OBJECTS),
    ...section('types by retained size', lists.types, {
      objects: ({ objects }) => objects,
      bytes: ({ bytes }) => bytes,
      retained: ({ retainedBytes }) => retainedBytes,
      largest: ({ largest }) => largest,
      evidence: ({ evidence }) => evidence,
      package: ({ package: of }) => of,
      name: ({ name }) => name,
    }),
    ...section('closures', lists.closures, {
      objects: ({ objects }) => objects,
      bytes: ({ bytes }) => bytes,
      retained: ({ retainedBytes }) => retainedBytes,
      evidence: ({ evidence }) => evidence,
      function: ({ function: of }) => of,
    }),
    ...section('pools', lists.pools, {
      address: ({ address }) => address,
      items: ({ items }) => items,
      parts: (pool) => `${String(pool.private)} + ${String(pool.shared)} + ${String(pool.victim)}`,
      bytes: ({ bytes }) => bytes,
      retained: ({ retainedBytes }) => retainedBytes,
      name: ({ name }) => name,
      kinds: ({ kinds }) => kinds.map((kind) => `${String(kind.objects)} × ${label(kind)}`).join(', '),
    }),
    ...section('names', lists.names, {
      address: ({ address }) => address,
      size: ({ size }) => size,
      evidence: ({ evidence }) => evidence,
      type: ({ type }) => type,
      reason: ({ reason }) => reason,
    }),
    ...section(
      'found by `main.`, `48 b`',
      [...lists.foundFunctions, ...lists.foundTypes],
      {
        kind: ({ kind }) => kind,
        label: (hit) => hit.label,
        detail: ({ detail }) => detail,
      },
      6,
    ),
  ];
}

const ROOTS: Columns<RootRow> = {
  kind: ({ kind }) => kind,
  weak: ({ weak }) => (weak ? 'weak' : ''),
  name: ({ name }) => name,
  address: ({ address }) => address,
  target: ({ target, targetOffset }) => `${target} +${String(targetOffset)}`,
  size: ({ size }) => size,
  retained: ({ retainedSize }) => retainedSize,
  label,
};

function goroutinesPage({ lists }: Answers): string[] {
  return [
    ...section('goroutines by what they hold', lists.goroutines, {
      id: ({ id }) => id,
      state: ({ state }) => state,
      waits: ({ waitReason }) => waitReason,
      system: ({ system }) => (system ? 'system' : ''),
      frames: ({ frames }) => frames,
      defers: ({ defers }) => defers,
      objects: ({ retainedObjects }) => retainedObjects,
      bytes: ({ retainedBytes }) => retainedBytes,
      entry: ({ entry }) => entry,
      top: ({ top }) => top,
    }),
    ...section(
      'goroutine 1',
      lists.mainGoroutine.stack,
      {
        depth: ({ depth }) => depth,
        pc: ({ pc }) => pc,
        sp: ({ sp }) => sp,
        bytes: ({ bytes }) => bytes,
        roots: ({ rootsTotal }) => rootsTotal,
        function: ({ function: of }) => of,
      },
      9,
    ),
    ...section(
      'its roots',
      [...lists.mainGoroutine.stack.flatMap(({ roots }) => roots), ...lists.mainGoroutine.other],
      ROOTS,
      9,
    ),
    ...section('roots by retained size', lists.roots, ROOTS),
    ...section('roots in frames', lists.frameRoots, ROOTS),
  ];
}

const BORDER: Columns<BorderReference> = {
  from: ({ from, root }) => (root === null ? from : place(root)),
  label: ({ fromLabel }) => label(fromLabel),
  at: ({ field, offset }) => at(field, offset),
  to: ({ to }) => to,
  toLabel: ({ toLabel }) => label(toLabel),
  retained: ({ retainedSize }) => retainedSize,
};

function cyclePage({ row, members, entering, leaving, cuts, drawing, member }: CycleAnswers): string[] {
  return [
    ...wrapped(
      `cycle ${String(row.id)} of ${String(row.objects)} objects, ${String(row.retainedBytes)} bytes: ${row.reason}`,
    ),
    `drawn by ${String(drawing.nodes.length)} nodes and ${String(drawing.edges.length)} edges; ${drawing.subtitle}`,
    '',
    ...section('its members', members, OBJECTS),
    ...section('entering', entering, BORDER),
    ...section('leaving', leaving, BORDER),
    ...cutsPart(cuts),
    ...pathsPart('root paths to its first member', member.paths),
  ];
}

function cutsPart(cuts: Cuts): string[] {
  const { objects, bytes, exact } = cuts.together;
  return [
    ...section('what would let go of it', cuts, {
      kind: ({ kind }) => kind,
      from: ({ from, root }) => (root === null ? from : place(root)),
      at: ({ field, offset }) => at(field, offset),
      to: ({ to }) => to,
      pointers: ({ pointers }) => pointers,
      objects: (cut) => cut.objects,
      bytes: (cut) => `${cut.exact ? '' : '≥ '}${String(cut.bytes)}`,
    }).slice(0, -1),
    `${String(cuts.entering)} enter; all cuts together ${exact ? '' : '≥ '}${String(objects)} objects, ${String(bytes)} bytes`,
    '',
  ];
}

function objectPage(object: ObjectAnswers): string[] {
  const { row, contents } = object;
  if (row === null) return ['no object', ''];
  const references: Columns<ReferenceRow> = {
    at: ({ field, offset }) => at(field, offset),
    to: ({ target, targetOffset }) => `${target} +${String(targetOffset)}`,
    size: ({ size }) => size,
    retained: ({ retainedSize }) => retainedSize,
    label,
  };
  const referrers: Columns<ReferrerRow> = {
    from: ({ from, root }) => (root === null ? from : place(root)),
    at: ({ field, offset }) => at(field, offset),
    to: ({ targetOffset }) => `+${String(targetOffset)}`,
    retained: ({ retainedSize }) => retainedSize,
    label: (referrer) => label(referrer.label),
  };
  return [
    ...records({
      address: row.address,
      slot: row.slot,
      label: label(row),
      held: `${row.held}, by ${row.holder}, dominated by ${row.dominator ?? 'nothing'}`,
      retains: `${String(row.retainedSize)} bytes in ${String(row.retainedObjects)} objects`,
      finalizer: row.finalizer,
      reason: row.reason,
      bytes: contents.missing ?? Buffer.from(contents.bytes).toString('hex'),
    }),
    '',
    ...section('values', object.values, {
      field: ({ field }) => field,
      type: ({ type }) => type,
      text: ({ text }) => text,
      target: ({ target }) => target,
    }),
    ...section('references', object.references, references),
    ...section('referrers', object.referrers, referrers),
    ...section('dominators above', object.dominators, OBJECTS),
    ...section('dominated', object.dominated, OBJECTS),
    ...cutsPart(object.cuts),
    ...pathsPart('root paths', object.paths),
    ...pathsPart('root paths not from globals', object.pathsNotFromGlobals),
  ];
}

/** Paths as their steps in one column; of a long one the ends. */
function pathsPart(title: string, { total, paths }: { total: number; paths: RootPath[] }): string[] {
  const lines = paths.flatMap(({ root, steps, omitted = 0 }) => {
    const words = steps.map((step) => `${at(step.field, step.offset)} → ${step.address} ${label(step)}`);
    const left = words.length - 6;
    const middle = left > 0 ? [`… ${String(left + omitted)} more`] : [];
    const shown = left > 0 ? [...words.slice(0, 3), ...middle, ...words.slice(-3)] : words;
    return [place(root), ...shown.map((word) => `  ${word}`)];
  });
  return [`-- ${title} (${String(paths.length)} of ${String(total)})`, ...lines, ''];
}

function refusedPage(all: ReadonlyMap<string, Answers>): string {
  const [{ refused }] = all.values();
  return table(refused, { question: ([question]) => question, answer: ([, answer]) => answer }, 110).join('\n') + '\n';
}
