/** Expressions that filters, searches and narrowings understand, written for a person. */

/** What finds exactly this name, on a line of its own. */
export function exactly(name: string): string {
  return `/^${escaped(name)}$/`;
}

/** What an exact expression is of, and any other text as it stands: for a person to read. */
export function readable(text: string): string {
  const name = /^\/\^(.*)\$\/$/su.exec(text)?.[1].replace(/\\(.)/gsu, '$1');
  return name !== undefined && exactly(name) === text ? name : text;
}

/** A text as an expression that finds it as it stands. */
export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
