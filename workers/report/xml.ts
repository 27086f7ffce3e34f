/** Writing XML by hand, safely. */
import { printable } from './text';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for content or a quoted attribute; characters that XML forbids are replaced. */
export function xmlText(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ESCAPES[character]);
}

/** An element; attributes that are null are left out. Values are escaped, `content` is taken as it is. */
export function element(name: string, attributes: Record<string, string | number | null>, content?: string): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ` ${key}="${xmlText(String(value))}"`)
    .join('');
  return content === undefined ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}
