/** How goroutines wait, in words, and what to do about those that wait for ever. */
import type { Fix } from '../finding';
import { counted } from '../../lib/format';
import type { WaitKind } from '../../goroutines/goroutine-wait';

const WORDS: Record<WaitKind, string> = {
  running: 'running',
  'chan receive': 'receiving from a channel',
  'chan send': 'sending on a channel',
  select: 'in a select',
  'nil channel': 'on a nil channel',
  'empty select': 'in an empty select',
  coroutine: 'suspended in a yield',
  mutex: 'waiting for a mutex',
  rwmutex: 'waiting for a read-write mutex',
  'wait group': 'waiting for a wait group',
  cond: 'waiting for a condition variable',
  semaphore: 'waiting for a semaphore',
  sleep: 'sleeping',
  other: 'waiting for the runtime',
};

/** Behind a comma or `stuck for ever`. */
export function waitText(kind: WaitKind): string {
  return WORDS[kind];
}

/** `3 goroutines`; goroutines of iter.Pull by what their program calls them. */
export function countedWaiters(count: number, kind: WaitKind): string {
  return kind === 'coroutine'
    ? counted(count, 'coroutine of iter.Pull', 'coroutines of iter.Pull')
    : counted(count, 'goroutine');
}

/** Of goroutines that nobody can wake: `stuck for ever receiving from a channel`. */
export function foreverText(kind: WaitKind): string {
  return kind === 'coroutine' ? 'that nobody can resume or stop any more' : `stuck for ever ${WORDS[kind]}`;
}

const SEND: Fix = {
  text: 'Give the channel room for the one value, or let the send give up when the receiver has gone.',
  before: 'result := make(chan T)\ngo func() { result <- work() }()',
  after: 'result := make(chan T, 1)\ngo func() { result <- work() }()',
};

const RECEIVE: Fix = {
  text: 'Close the channel when nothing more will be sent, on every way out, or wait for a context too.',
  before: 'go func() { v := <-results; use(v) }()',
  after: 'go func() {\n\tselect {\n\tcase v := <-results:\n\t\tuse(v)\n\tcase <-ctx.Done():\n\t}\n}()',
};

const SELECT: Fix = {
  text: 'Add a case that ends the wait, such as the Done channel of a context that somebody cancels.',
  before: 'select {\ncase v := <-in:\ncase out <- w:\n}',
  after: 'select {\ncase v := <-in:\ncase out <- w:\ncase <-ctx.Done():\n\treturn\n}',
};

const NIL: Fix = {
  text: 'Make the channel before it is used. The Done channel of context.Background is nil: do not wait for it alone.',
  before: 'var c chan int\n<-c',
  after: 'c := make(chan int)\n<-c',
};

const PULLED: Fix = {
  text: 'Stop the iterator on every way out, with defer right after iter.Pull. One that was read to its end has stopped by itself.',
  before: 'next, stop := iter.Pull(pages)\nfirst, ok := next()\nreturn first, ok',
  after: 'next, stop := iter.Pull(pages)\ndefer stop()\nfirst, ok := next()\nreturn first, ok',
};

const PARKED: Fix = {
  text: 'Let the goroutine return instead of parking it with an empty select.',
  before: null,
  after: null,
};

const LOCK: Fix = {
  text: 'Unlock on every way out, with defer right after Lock; do not hold the lock across anything that may wait for ever.',
  before: 'mu.Lock()\nif err := step(); err != nil {\n\treturn err\n}\nmu.Unlock()',
  after: 'mu.Lock()\ndefer mu.Unlock()\nif err := step(); err != nil {\n\treturn err\n}',
};

const GROUP: Fix = {
  text: 'Call Done on every way out, with defer, and Add only for goroutines that are started.',
  before: 'wg.Add(1)\ngo func() { work(); wg.Done() }()',
  after: 'wg.Add(1)\ngo func() { defer wg.Done(); work() }()',
};

const COND: Fix = {
  text: 'Signal or Broadcast whenever what the goroutines wait for changes, and when there is nothing more to come.',
  before: 'mu.Lock()\nclosed = true\nmu.Unlock()',
  after: 'mu.Lock()\nclosed = true\ncond.Broadcast()\nmu.Unlock()',
};

const FIXES: Record<WaitKind, Fix> = {
  running: PARKED,
  'chan receive': RECEIVE,
  'chan send': SEND,
  select: SELECT,
  'nil channel': NIL,
  'empty select': PARKED,
  coroutine: PULLED,
  mutex: LOCK,
  rwmutex: LOCK,
  'wait group': GROUP,
  cond: COND,
  semaphore: LOCK,
  sleep: PARKED,
  other: PARKED,
};

export function fixOf(kind: WaitKind): Fix {
  return FIXES[kind];
}
