import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, CYTOSCAPE_STYLE_HASH, newNonce, withNonce } from '../../src/page/page-policy';

describe('the content policy', () => {
  it('lets in the one style rule that the installed cytoscape writes', async () => {
    const source = await readFile(createRequire(import.meta.url).resolve('cytoscape'), 'utf8');
    const className = /className = '(__\w+_container)'/.exec(source)?.[1];
    const written = /stylesheet\.textContent = '\.' \+ className \+ '([^']+)'/.exec(source)?.[1];
    const digest = createHash('sha256').update(`.${className}${written}`).digest('base64');
    expect(CYTOSCAPE_STYLE_HASH).toBe(`sha256-${digest}`);
  });

  it('has a nonce of its own for each load, on styles alone', () => {
    const [first, second] = [newNonce(), newNonce()];
    expect(first).not.toBe(second);
    const directives = contentSecurityPolicy(first).split('; ');
    expect(directives.filter((directive) => directive.includes('nonce'))).toEqual([
      `style-src 'self' 'nonce-${first}' '${CYTOSCAPE_STYLE_HASH}'`,
    ]);
    expect(directives.some((directive) => directive.includes('unsafe') || directive.includes('*'))).toBe(false);
  });

  it('finds its place in the page as it is written', async () => {
    const html = await readFile(new URL('../../src/renderer/index.html', import.meta.url), 'utf8');
    expect(withNonce(html, 'N')).toContain('<head><meta property="csp-nonce" nonce="N">');
  });
});
