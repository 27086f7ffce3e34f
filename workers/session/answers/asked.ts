/** What a question about the open dump has at hand. */
import type { Analyses } from '../computed/analyses';
import type { Lists } from '../list/lists';
import type { AnalysedDump } from '../dump/opened-dump';
import type { Phases } from '../running/phases';
import type { Ticket } from '../running/ticket';

export interface Asked {
  /** Drawn when the question came in: a later `cancel` ends the work that it started. */
  readonly ticket: Ticket;
  readonly analyses: Analyses;
  readonly lists: Lists;
  readonly phases: Phases;
}

/** What questions work on once a dump is open. */
export type Opened = Omit<Asked, 'ticket'>;

/** The dump with all analyses that rows need; the first question waits for them. */
export function analysed({ analyses, ticket }: Pick<Asked, 'analyses' | 'ticket'>): Promise<AnalysedDump> {
  return analyses.analysed.get(ticket);
}
