/** Which names belong to the standard library and the runtime. */

/** First elements of its import paths. Those of modules mostly have a dot, and `main` is the program's. */
const FIRST_ELEMENTS = new Set(
  (
    'archive bufio builtin bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt go hash html image ' +
    'index internal io iter log maps math mime net os path plugin reflect regexp runtime slices sort strconv strings structs sync syscall ' +
    'testing text time unicode unique unsafe vendor weak'
  ).split(' '),
);

/** Of a function, a variable or a type, by its name with the import path: `net/http.(*conn).serve`, `fmt.ppFree`. */
export function isStandard(name: string): boolean {
  const first = /^[*[\]0-9]*([a-z]+)[./]/.exec(name);
  return first !== null && FIRST_ELEMENTS.has(first[1]);
}
