/** What to do about what holds much, by what it is. */
import type { ContainerKind } from '../../naming/types/container-types';
import type { Fix } from '../finding';

const MAP: Fix = {
  text: 'If it is a cache, bound it, by size or by age; if it is a registry, delete what is done with.',
  before: 'cache[key] = value // and never deleted',
  after: 'if len(cache) >= maxEntries {\n\tevictOldest(cache)\n}\ncache[key] = value',
};

const SYNC_MAP: Fix = {
  text: 'Delete what is done with: a sync.Map keeps its entries until Delete or Clear (Go 1.23).',
  before: 'handles.Store(id, handle) // and never deleted',
  after: 'handles.Store(id, handle)\ndefer handles.Delete(id)',
};

const CHANNEL: Fix = {
  text: 'What was sent stays in the buffer until it is received: give it less room, receive faster, or drop what comes too fast.',
  before: 'events := make(chan *Event, 100_000)',
  after: 'events := make(chan *Event, 64)\nselect {\ncase events <- e:\ndefault: // full\n\tdropped++\n}',
};

const SLICE: Fix = {
  text: 'Keep what is needed: delete from the slice what is done with (slices.Delete, which clears it from Go 1.22 on), or write it out.',
  before: 'history = append(history, entry) // and never cut',
  after:
    'history = append(history, entry)\nif extra := len(history) - maxEntries; extra > 0 {\n\thistory = slices.Delete(history, 0, extra)\n}',
};

const LIST: Fix = {
  text: 'Remove what is done with: a list keeps its elements, and they their values.',
  before: 'queue.PushBack(job) // and never removed',
  after: 'queue.PushBack(job)\nif queue.Len() > maxJobs {\n\tqueue.Remove(queue.Front())\n}',
};

const BY_CONTAINER: Record<ContainerKind, Fix> = {
  map: MAP,
  'sync.Map': SYNC_MAP,
  channel: CHANNEL,
  array: SLICE,
  list: LIST,
};

const HOLDER: Fix = {
  text: 'See which of its fields has it, and whether it still needs it: bound what grows, set to nil what is done with.',
  before: null,
  after: null,
};

/** `container`: what nearly all of it lies in; null where it lies in several fields. */
export function adviceForHolder(container: ContainerKind | null): Fix {
  return container === null ? HOLDER : BY_CONTAINER[container];
}

const CONTEXT_CHAIN: Fix = {
  text: 'Derive each context from the one that belongs to the request, not from the last one that was derived: each keeps all before it.',
  before: 'for _, job := range jobs {\n\tctx = context.WithValue(ctx, jobKey, job)\n}',
  after: 'for _, job := range jobs {\n\tctx := context.WithValue(ctx, jobKey, job) // a new one each time\n}',
};

const ERROR_CHAIN: Fix = {
  text: 'Count errors, or keep the first few: joining or wrapping in a loop keeps every error that ever was.',
  before: 'err = errors.Join(err, step())',
  after: 'if e := step(); e != nil {\n\tfailed++\n\terr = cmp.Or(err, e) // the first one\n}',
};

const LINKED_CHAIN: Fix = {
  text: 'Cut the chain where what is behind is no longer needed: the first link keeps all others.',
  before: 'log.last = &Entry{next: log.last} // and never cut',
  after: 'log.last = &Entry{next: log.last}\nif log.n++; log.n >= maxEntries {\n\tlog.cutBehind(maxEntries / 2)\n}',
};

/** `type`: what most of the links are. */
export function adviceForChain(type: string): Fix {
  if (/^context\./.test(type)) return CONTEXT_CHAIN;
  return /error/i.test(type) ? ERROR_CHAIN : LINKED_CHAIN;
}
