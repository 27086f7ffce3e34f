import type { Phase } from '../../../workers/api';

/** What each phase of opening does, in words. */
export const PHASE_WORDS: Record<Phase, string> = {
  read: 'Reading records',
  link: 'Linking references',
  name: 'Naming objects',
  reach: 'Marking what roots reach',
  components: 'Finding cycles',
  dominators: 'Computing dominators',
  cycles: 'Weighing cycles',
  distances: 'Measuring distances from roots',
  knot: 'Finding what ties the cycle',
  findings: 'Looking for what is wrong',
  sort: 'Sorting',
};
