/**
 * Fonts that pictures ask for, best first. Without a window only DejaVu can be counted on: a renderer must be handed its files. Names stand
 * without quotes, which CSS allows: resvg 2.6 gives up on a list that begins with a quoted font it does not have.
 */
export const SANS = 'Inter Variable, Inter, DejaVu Sans, sans-serif';
export const MONO = 'JetBrains Mono Variable, JetBrains Mono, DejaVu Sans Mono, monospace';
