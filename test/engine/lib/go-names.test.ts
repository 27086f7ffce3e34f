/** Names of Go without the directories of their paths: each path inside a name by itself. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortGoName, splitGoName } from '../../../workers/lib/go-names';

test.each([
  ['main.main', 'main.main'],
  ['github.com/acme/gw/session.(*Server).handle.func1', 'session.(*Server).handle.func1'],
  ['github.com/nats-io/nats-server/v2/server.(*client).readLoop', 'server.(*client).readLoop'],
  [
    'map[*acme.org/x/server.subscription]*acme.org/x/server.subscription',
    'map[*server.subscription]*server.subscription',
  ],
  ['github.com/google/btree.node[github.com/google/btree.Item]', 'btree.node[btree.Item]'],
  ['*list.List[github.com/acme/gw.Item]', '*list.List[gw.Item]'],
  ['pair[string,github.com/a/b.K]', 'pair[string,b.K]'],
  [
    'func(context.Context, *net/http.Request) (acme.org/a.T, error)',
    'func(context.Context, *http.Request) (a.T, error)',
  ],
  [
    'struct { mu sync.Mutex; conns map[net/netip.Addr]struct {} }',
    'struct { mu sync.Mutex; conns map[netip.Addr]struct {} }',
  ],
  ['[]chan<- acme.org/a.Event', '[]chan<- a.Event'],
  ['github.com/caddyserver/caddy/v2.Config', 'caddy.Config'],
  ['github.com/caddyserver/caddy/v2/modules/caddyhttp.App', 'caddyhttp.App'],
  ['*github.com/alecthomas/chroma/v2.(*Iterator).Next', '*chroma.(*Iterator).Next'],
  ['gopkg.in/yaml%2ev3.(*parser).node', 'yaml%2ev3.(*parser).node'],
  ['acme.org/größe.T', 'größe.T'],
  ['main.Cached[go.shape.*uint8]', 'main.Cached[go.shape.*uint8]'],
  ['a/', 'a/'],
  ['', ''],
])('%s is shown as %s', (name, short) => {
  expect(shortGoName(name)).toBe(short);
});

const letters = fc.constantFrom(
  'a',
  'b',
  'v2',
  '.',
  '/',
  '*',
  '[',
  ']',
  '(',
  ')',
  ',',
  ' ',
  '%2e',
  'é',
  '\u{1F600}',
  '{',
  '"',
);
const names = fc.array(letters, { maxLength: 40 }).map((parts) => parts.join(''));

test('only directories go: what is left stands in the name in this order, and nothing is left to go', () => {
  fc.assert(
    fc.property(names, (name) => {
      const short = shortGoName(name);
      if (!name.includes('/')) expect(short).toBe(name);
      let at = 0;
      for (const character of short) {
        at = name.indexOf(character, at);
        expect(at).toBeGreaterThanOrEqual(0);
        at += character.length;
      }
      for (const bracket of '[](){},*') expect(short.split(bracket).length).toBe(name.split(bracket).length);
    }),
    { seed: 8 },
  );
});

test.each([
  ['server.(*client).readLoop', ['', 'server.(*client).readLoop', '', '']],
  ['closure certmagic.(*Config).manageOne.func1', ['', 'closure certmagic.(*Config).manageOne.func1', '', '']],
  ['server.(*client).readLoop: acc', ['', 'server.(*client).readLoop: acc', '', '']],
  ['server.(*client).readLoop +0x158', ['', 'server.(*client).readLoop', ' +0x158', '']],
  ['[]*server.subscription', ['[]*', 'server.subscription', '', '']],
  ['[16]chan<- gw.Event', ['[16]chan<- ', 'gw.Event', '', '']],
  ['map[string]*server.Account', ['map[string]*', 'server.Account', '', '']],
  ['map[*server.subscription]int', ['map[*', 'server.subscription', ']int', '']],
  ['map.group[string]*server.node', ['', 'map.group', '[string]*server.node', '']],
  ['sync.indirect[interface {},interface {}]', ['', 'sync.indirect', '[interface {},interface {}]', '']],
  ['sync.OnceValue[go.shape.[2]int].func1', ['', 'sync.OnceValue', '[go.shape.[2]int]', '.func1']],
  ['server.(*ipQueue[go.shape.*uint8]).push', ['', 'server.(*ipQueue', '[go.shape.*uint8]', ').push']],
  ['main.cache.shards[3].items', ['', 'main.cache.shards', '[3]', '.items']],
  ['*struct { mu sync.Mutex }', ['*', '', 'struct { mu sync.Mutex }', '']],
  ['func(context.Context) error', ['', '', 'func(context.Context) error', '']],
  ['mapping.Table', ['', 'mapping.Table', '', '']],
])('%s is split into %j', (text, parts) => {
  const { before, name, types, after } = splitGoName(text);
  expect([before, name, types, after]).toEqual(parts);
});

test('a name is split where it may be cut, and nothing of it is lost', () => {
  fc.assert(
    fc.property(names, (text) => {
      const { before, name, types, after } = splitGoName(text);
      expect(before + name + types + after).toBe(text);
    }),
    { seed: 9 },
  );
});

test('a name of a million letters is no trouble', () => {
  const long = 'a'.repeat(1_000_000);
  expect(shortGoName(`x/${long}`)).toBe(long);
  expect(shortGoName('a/'.repeat(500_000))).toHaveLength(1_000_000);
  expect(splitGoName('map['.repeat(250_000)).before).toHaveLength(1_000_000);
});
