/** Walking a flame graph by keys. */
import type { Flame, FlameBox } from '../../../../workers/report';

/** The box that a key leads to; null for a key that leads nowhere. Down is to the largest below, left and right along the row. */
export function boxAfter(flame: Flame, at: FlameBox | null, key: string): FlameBox | null {
  if (at === null) return key.startsWith('Arrow') ? (flame.rows.at(0)?.find(isNode) ?? null) : null;
  switch (key) {
    case 'ArrowUp':
      return at.above;
    case 'ArrowDown':
      return at.below.find(isNode) ?? null;
    case 'ArrowLeft':
      return along(flame, at, -1);
    case 'ArrowRight':
      return along(flame, at, 1);
    default:
      return null;
  }
}

function along({ rows }: Flame, at: FlameBox, step: -1 | 1): FlameBox | null {
  const row = rows[at.depth];
  for (let next = row.indexOf(at) + step; next >= 0 && next < row.length; next += step)
    if (isNode(row[next])) return row[next];
  return null;
}

function isNode({ node }: FlameBox): boolean {
  return node !== null;
}
