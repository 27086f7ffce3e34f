/** What to do about contexts that are not cancelled. */
import type { Fix } from '../finding';

export const CANCEL: Fix = {
  text: 'Call the cancel function on every way out: with defer, right after the context is made.',
  before: 'ctx, _ := context.WithCancel(parent)\nreturn handle(ctx)',
  after: 'ctx, cancel := context.WithCancel(parent)\ndefer cancel()\nreturn handle(ctx)',
};

export const CANCEL_DEADLINE: Fix = {
  text: 'Call the cancel function when the work is done, with defer right after the context is made: a deadline ends what is late, cancel what is done.',
  before: 'ctx, _ := context.WithTimeout(parent, time.Hour)\nreturn handle(ctx)',
  after: 'ctx, cancel := context.WithTimeout(parent, time.Hour)\ndefer cancel()\nreturn handle(ctx)',
};

export const STOP_FUNCTION: Fix = {
  text: 'Keep what context.AfterFunc returns, and call it when what the function would end has ended by itself.',
  before: 'context.AfterFunc(ctx, conn.Close)\nreturn read(conn)',
  after: 'stop := context.AfterFunc(ctx, conn.Close)\ndefer stop()\nreturn read(conn)',
};
