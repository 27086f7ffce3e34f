/** Text from a dump as Markdown that shows it as it is, whatever it holds. */

/** What Markdown, or a forge's additions to it, would read as markup within a line. */
const MARKUP = /[\\`*_[\]<>|#~&]/g;

/** Words of a sentence: one line, nothing in it is markup, nobody is notified and no issue linked. */
export function asText(text: string): string {
  return oneLine(text)
    .replace(MARKUP, (mark) => (mark === '&' || mark === '<' ? ENTITIES[mark] : `\\${mark}`))
    .replace(/@/g, '@<!-- -->')
    .replace(/^([-+]|\d+[.)])(?= )/, (mark) => `${mark.slice(0, -1)}\\${mark.slice(-1)}`);
}

const ENTITIES = { '&': '&amp;', '<': '&lt;' } as const;

/** A name or an address within a sentence, as code. */
export function asCode(text: string): string {
  const line = oneLine(text);
  const fence = '`'.repeat(longestRun(line) + 1);
  // a backtick at an end would be read as the fence's
  const room = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${room}${line}${room}${fence}`;
}

/** The same within a cell of a table, where a bar would end the cell even in code. */
export function asCellCode(text: string): string {
  return asCode(text).replaceAll('|', '\\|');
}

/** Lines of Go. */
export function asGoBlock(code: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(code) + 1));
  return `${fence}go\n${code.trimEnd()}\n${fence}`;
}

/** A table of cells that are Markdown already; `right` marks the columns of numbers. */
export function asTable(heads: readonly string[], right: readonly boolean[], rows: readonly string[][]): string {
  const rule = right.map((isRight) => (isRight ? '---:' : '---'));
  return [heads, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}
