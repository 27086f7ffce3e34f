/** What to do about timers that nobody stopped. */
import type { Fix } from '../finding';

export const STOP: Fix = {
  text: 'Stop the ticker when its user ends, with defer right after NewTicker. time.Tick has no way to stop it.',
  before: 'for range time.Tick(d) {\n\tif done() {\n\t\treturn\n\t}\n}',
  after: 't := time.NewTicker(d)\ndefer t.Stop()\nfor range t.C {\n\tif done() {\n\t\treturn\n\t}\n}',
};

export const AFTER: Fix = {
  text: 'Make one timer, stop it when another case was taken, and reset it for the next turn.',
  before: 'for {\n\tselect {\n\tcase v := <-in:\n\t\tuse(v)\n\tcase <-time.After(time.Hour):\n\t\treturn\n\t}\n}',
  after:
    't := time.NewTimer(time.Hour)\ndefer t.Stop()\nfor {\n\tselect {\n\tcase v := <-in:\n\t\tuse(v)\n\t\tt.Reset(time.Hour)\n\tcase <-t.C:\n\t\treturn\n\t}\n}',
};

export const FUNCTION: Fix = {
  text: 'Keep what AfterFunc returns, and stop it when its work has become needless; let the function capture no more than it uses.',
  before: 'time.AfterFunc(time.Hour, func() { expire(s) })',
  after: 's.expiry = time.AfterFunc(time.Hour, func() { expire(s) })\n// and where s ends:\ns.expiry.Stop()',
};

export const LOOP: Fix = {
  text: 'Let the loop end with a context or a channel too, and stop the ticker there.',
  before: 'for range t.C {\n\tpoll()\n}',
  after: 'defer t.Stop()\nfor {\n\tselect {\n\tcase <-t.C:\n\t\tpoll()\n\tcase <-ctx.Done():\n\t\treturn\n\t}\n}',
};

export const STOPPED: Fix = {
  text: 'Let the function know what it needs through something that is let go where the timer is stopped, or let that set its large parts to nil.',
  before: 'c.timer = time.AfterFunc(d, c.ping)\n…\nc.timer.Stop() // c stays a while',
  after: 'c.timer.Stop()\nc.buffers, c.subs = nil, nil // what is large goes at once',
};
