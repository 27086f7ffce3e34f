/** What the page may load and run, the same in both shells: its own files, and nothing from anywhere else. */
import { randomBytes } from 'node:crypto';

/**
 * cytoscape puts one fixed rule into the page as a `<style>` element and cannot be given a nonce; this is the SHA-256 of that rule's text.
 * `test/shell/page-policy.test.ts` computes it from the installed version.
 * @internal
 */
export const CYTOSCAPE_STYLE_HASH = 'sha256-pgvDUBa4IjFA2yuSJ2cqcyxmNYJMborsd0ORcRv9vw8=';

/** A fresh nonce, for one load of the page. */
export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

/**
 * The Content-Security-Policy of the page. The nonce is for the `<style>` elements that the dialogs' scroll lock writes; scripts have none:
 * only files of the page run. `data:` and `blob:` are for pictures alone: the graph's icons and the drawing that becomes a PNG.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `style-src 'self' 'nonce-${nonce}' '${CYTOSCAPE_STYLE_HASH}'`,
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The page with the nonce where `src/renderer/connection/style-nonce.ts` looks for it. */
export function withNonce(html: string, nonce: string): string {
  return html.replace('<head>', `<head><meta property="csp-nonce" nonce="${nonce}">`);
}

/** Headers of everything that either shell serves. */
export const PAGE_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;
