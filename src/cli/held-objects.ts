/** Objects that an option names by their type. */
import type { AnalysisSession, HeldObjects } from '../../workers/api';

/** All objects of a row of the list of types; a filter where there is no such row, which then finds nothing. */
export async function heldObjectsOfType(session: AnalysisSession, type: string): Promise<HeldObjects> {
  const { rows } = await session.types({ offset: 0, limit: 500, filters: { name: `"${type}"` } });
  const found = rows.find(({ name }) => name === type);
  if (found) return { type: { name: found.name, shape: found.shape } };
  return { matching: `/^${type.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$/` };
}
