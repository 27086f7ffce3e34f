/** Every view of the sample as the fragment of an address: the lists, and one page of each thing. */
export const PLACES = [
  '#/overview',
  '#/findings',
  '#/cycles/shapes',
  '#/cycles',
  '#/cycles/0',
  '#/cycles/0?tab=cuts',
  '#/cycles/0?tab=members',
  '#/types',
  '#/objects',
  '#/objects?f.size=%3E8KiB',
  '#/dominators',
  '#/goroutines',
  '#/goroutines/1',
  '#/roots',
  '#/closures',
  '#/pools',
] as const;
