/**
 * Experiments of the toolchain (GOEXPERIMENT) as version strings tell them: ` X:a,b` behind the version, from Go 1.26 on `-X:a,b`. Up to
 * Go 1.16 a dump has them in place of the version. Those that change a layout are asked for by the tables of the structure.
 */

/** Of internal/goexperiment up to Go 1.27, and of vendors: what is known here to change no layout that is read, or asked for by name. */
const KNOWN = new Set(
  (
    'aliastypeparams allocheaders arenas boringcrypto cacheprog cgocheck2 cngcrypto coverageredesign darwincrypto dwarf5 exectracer2 ' +
    'fieldtrack goroutineleakprofile greenteagc heapminimum512kib jsonv2 loopvar mapsplitgroup newinliner opensslcrypto pacerredesign ' +
    'pagetrace preemptibleloops randomizedheapbase64 rangefunc regabi regabiargs regabidefer regabig regabireflect regabiwrappers ' +
    'runtimefreegc runtimesecret simd sizespecializedmalloc spinbitmutex staticlockranking strictfipsruntime swissmap synchashtriemap ' +
    'synctest systemcrypto unified'
  ).split(' '),
);

/** What GOEXPERIMENT could be up to Go 1.16, where it stood in place of the version. */
const BEFORE_VERSIONS = new Set(['fieldtrack', 'framepointer', 'preemptibleloops', 'regabi', 'staticlockranking']);

/** `unrecorded`: the text is no version but the experiments of Go up to 1.16, mostly none. */
export function writtenExperiments(text: string): { names: ReadonlySet<string>; unrecorded: boolean } {
  const alone = text.split(',').filter((name) => name !== '');
  if (alone.every((name) => BEFORE_VERSIONS.has(name))) return { names: new Set(alone), unrecorded: true };
  const written = /[ -]X:(\S+)/.exec(text);
  return { names: new Set(written ? written[1].split(',') : []), unrecorded: false };
}

export function unknownExperiments(names: ReadonlySet<string>): string[] {
  return [...names].filter((name) => !KNOWN.has(name) && !KNOWN.has(name.replace(/^no/, '')));
}
