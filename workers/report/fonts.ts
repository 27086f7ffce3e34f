/** Fonts that pictures ask for, best first. Without a window only DejaVu can be counted on: a renderer must be handed its files. */
export const SANS = "'Inter Variable', Inter, 'DejaVu Sans', sans-serif";
export const MONO = "'JetBrains Mono Variable', 'JetBrains Mono', 'DejaVu Sans Mono', monospace";
