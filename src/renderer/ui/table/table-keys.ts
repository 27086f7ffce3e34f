/** The row that a key leads to, or null for a key that moves nothing. `page` is the number of rows in sight. */
export function nextActive(
  { key, ctrlKey, metaKey, altKey }: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean },
  active: number,
  total: number,
  page: number,
): number | null {
  if (altKey || ctrlKey || metaKey || total === 0) return null;
  const target = targetOf(key, active, total, Math.max(page - 1, 1));
  return target === null ? null : Math.min(Math.max(target, 0), total - 1);
}

function targetOf(key: string, active: number, total: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'PageDown':
      return active + page;
    case 'PageUp':
      return active - page;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}
