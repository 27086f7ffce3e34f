/** Small readers that refuse what a real one would: enough of XML and of Graphviz's language for what the reports write. */

/** Throws where text is not well-formed XML. Returns the names of the elements, in order. */
export function readXml(text: string): string[] {
  const body = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/, '');
  const token = /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  const names: string[] = [];
  const open: string[] = [];
  let at = 0;
  for (let match = token.exec(body); match !== null; match = token.exec(body)) {
    at = token.lastIndex;
    // a group that did not take part is undefined, whatever the types say
    const [, closing, name, , empty, content] = match as (string | undefined)[];
    const stray = /&(?!(amp|lt|gt|quot|#39);)/.exec(match[0]);
    if (stray) throw new Error(`A bare ampersand at ${at}: ${match[0].slice(0, 80)}`);
    if (content !== undefined) continue;
    if (closing) {
      const expected = open.pop();
      if (expected !== name) throw new Error(`</${name}> closes <${expected}>`);
    } else if (name !== undefined) {
      names.push(name);
      if (!empty) open.push(name);
    }
  }
  if (at !== body.length) throw new Error(`Unreadable at ${at}: ${body.slice(at, at + 80)}`);
  if (open.length > 0) throw new Error(`Never closed: ${open.join(', ')}`);
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(body))
    throw new Error('A character that XML forbids');
  return names;
}

/** Throws where text is not a digraph as Graphviz's grammar has it. Returns its nodes and edges by unescaped id. */
export function readDot(text: string): { nodes: string[]; edges: [string, string][] } {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|->|[A-Za-z0-9_.]+|[{}[\]=,;]|\S/gs) ?? [];
  let at = 0;
  const next = () => tokens[at++];
  const expect = (token: string) => {
    const found = next();
    if (found !== token) throw new Error(`Expected ${token}, found ${found}`);
  };
  const id = () => {
    const token = next();
    if (!/^("[\s\S]*"|[A-Za-z0-9_.]+)$/.test(token)) throw new Error(`${token} is no id`);
    return token.startsWith('"') ? token.slice(1, -1).replace(/\\(["\\])/g, '$1') : token;
  };
  const attributes = () => {
    if (tokens[at] !== '[') return;
    do {
      next();
      id();
      expect('=');
      id();
    } while (tokens[at] === ',');
    expect(']');
  };
  expect('digraph');
  id();
  expect('{');
  const nodes: string[] = [];
  const edges: [string, string][] = [];
  while (tokens[at] !== '}') {
    const from = id();
    if (tokens[at] === '->') {
      next();
      edges.push([from, id()]);
    } else if (!['graph', 'node', 'edge'].includes(from)) nodes.push(from);
    attributes();
    expect(';');
  }
  expect('}');
  if (at !== tokens.length) throw new Error(`${tokens.length - at} tokens after the end`);
  return { nodes, edges };
}
