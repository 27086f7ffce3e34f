// What is not to be told: each entry of each list of exceptions, beside a name that only looks like it and is told.
import { beforeAll, describe, expect, test } from 'vitest';
import { Shape } from '../../../fixtures/builder/shape';
import { bigHolder } from '../../../workers/suspects/detectors/big-holder';
import { closureRetains } from '../../../workers/suspects/detectors/closure-retains';
import { finalizerCycle } from '../../../workers/suspects/detectors/finalizer-cycle';
import { pendingDefers } from '../../../workers/suspects/detectors/pending-defers';
import { poolContents } from '../../../workers/suspects/detectors/pool-contents';
import { goroutinesStuckForEver } from '../../../workers/suspects/detectors/stuck-goroutines';
import { stuckPanic } from '../../../workers/suspects/detectors/stuck-panic';
import { unstoppedTimers } from '../../../workers/suspects/detectors/unstopped-timers';
import { isBuffer } from '../../../workers/suspects/waste/waste';
import { isStandard } from '../../../workers/suspects/words/standard-library';
import { detectIn, detectInShape, lines, type DetectedInShape } from './detected';
import type { Naming } from '../../../workers/naming/naming';
import { ROOT } from '../../../workers/graph/heap-graph';
import { findPools } from '../../../workers/values/pool-summary';
import { addWaiter } from './waiters';

/** One function, variable or type of each top folder of Go's source tree, as names in dumps and executables are written. */
const STANDARD = [
  'archive/zip.(*Writer).Close',
  'bufio.(*Reader).fill',
  'builtin.error',
  'bytes.(*Buffer).grow',
  'cmp.Compare[int]',
  'compress/gzip.(*Writer).Write',
  'container/list.(*List).Init',
  'context.(*cancelCtx).propagateCancel.func2',
  'crypto/tls.(*Conn).Handshake',
  'database/sql.(*DB).connectionOpener',
  'debug/elf.NewFile',
  'embed.FS.Open',
  'encoding/json.Marshal',
  'errors.New',
  'expvar.init.0',
  'flag.Parse',
  'fmt.ppFree',
  'go/ast.Walk',
  'hash/crc32.Update',
  'html/template.New',
  'image/png.Decode',
  'index/suffixarray.New',
  'internal/poll.(*FD).Read',
  'io.Copy',
  'iter.Pull[int]',
  'log.Println',
  'log/slog.Info',
  'maps.Keys[int]',
  'math/big.NewInt',
  'mime/multipart.NewReader',
  'net.(*netFD).Read',
  'net/http.(*conn).serve',
  'os.(*File).Close',
  'os/signal.loop',
  'path.Join',
  'path/filepath.Walk',
  'plugin.Open',
  'reflect.Value.call',
  'regexp.MustCompile',
  'runtime.gopark',
  'runtime/debug.WriteHeapDump',
  'slices.Sort[int]',
  'sort.Slice',
  'strconv.Itoa',
  'strings.(*Builder).WriteString',
  'structs.HostLayout',
  'sync.(*Mutex).Lock',
  'sync/atomic.AddInt64',
  'syscall.Syscall',
  'testing.tRunner',
  'text/template.New',
  'time.goFunc',
  'unicode/utf8.DecodeRune',
  'unique.Make[int]',
  'unsafe.Pointer',
  'vendor/golang.org/x/net/dns/dnsmessage.init',
  'weak.Make[int]',
  // types, with what stands before them
  '*net/http.Server',
  '[]bytes.Buffer',
  '[16]sync.Mutex',
  '**os.File',
];

/** Of programs and modules, some named nearly as the library is. */
const OWN = [
  'main.main',
  'main.(*Server).serve.func1',
  'fmtx.Println',
  'network/http.Serve',
  'github.com/acme/net/http.Serve',
  'example.com/time.Sleep',
  'golang.org/x/net/http2.(*Transport).RoundTrip',
  'google.golang.org/grpc.(*Server).Serve',
  'gopkg.in/yaml%2ev3.Unmarshal',
  'timers.run',
  'os2.File',
  'Net.Dial',
  '*main.Session',
  '[]main.Session',
  'time',
  '',
];

describe('the standard library', () => {
  test.each(STANDARD)('has %s', (name) => expect(isStandard(name)).toBe(true));
  test.each(OWN)('has no %s', (name) => expect(isStandard(name)).toBe(false));
});

/** Two programs that differ in a name: told where it is the program's, and not where it is the library's. */
describe('what the standard library does on purpose', () => {
  const renamed = ({ heap }: DetectedInShape, name: string) => ({ ...heap, functionAt: () => name });

  test('a cycle of its own with a finalizer is not told while it is held', async () => {
    const shape = (held: boolean): Shape => {
      const made = new Shape();
      const [a, b] = [made.object(32), made.object(48)];
      made.point(a, 0, b);
      made.point(b, 8, a);
      made.finalizer(a, { address: 0x401000 });
      if (held) made.bss.push({ offset: 8, target: b });
      return made;
    };
    const held = await detectInShape(finalizerCycle, shape(true));
    const lost = await detectInShape(finalizerCycle, shape(false));
    const told = async (detected: DetectedInShape, name: string) =>
      (await finalizerCycle.detect(renamed(detected, name))).findings.length;
    expect(await told(held, 'main.finalize')).toBe(1);
    expect(await told(held, 'os.(*File).close')).toBe(0);
    // nobody can close it any more
    expect(await told(lost, 'os.(*File).close')).toBe(1);
  });

  test('a goroutine’s deferred closures are not told in its functions', async () => {
    const { heap } = await detectIn(pendingDefers, 'go1.27.4/deferleak');
    const { records } = heap.graph;
    const inFrames = async (name: string | null): Promise<string[]> => {
      const frames = records.frames.map((frame) =>
        name !== null && frame.function === 'main.openCoded' ? { ...frame, function: name } : frame,
      );
      const graph = { ...heap.graph, records: { ...records, frames } };
      const { findings } = await pendingDefers.detect({ ...heap, graph });
      return findings.map(({ key }) => key).filter((key) => key.endsWith(': on the stack'));
    };
    const all = await inFrames(null);
    expect(all).toContain('main.openCoded: on the stack');
    expect(await inFrames('example.com/app.open')).toContain('example.com/app.open: on the stack');
    expect(await inFrames('net/http.(*conn).serve')).toEqual(all.filter((key) => !key.startsWith('main.openCoded:')));
  });

  test('its closures are not told, however much they keep', async () => {
    const { heap } = await detectIn(closureRetains, 'go1.27.4/closureleak', 'go1.27.4/closureleak');
    const named = async (name: string): Promise<string[]> => {
      const naming = Object.create(heap.naming) as Naming; // the same names, but for this function
      naming.typeOf = (objectId) => {
        const type = heap.naming.typeOf(objectId);
        return type?.function === 'main.bigSliceHandler.func1' ? { ...type, function: name } : type;
      };
      return (await closureRetains.detect({ ...heap, naming })).findings.map(({ key }) => key);
    };
    expect(await named('example.com/app.serve.func1')).toEqual(['closure example.com/app.serve.func1']);
    expect(await named('net/http.(*Server).Serve.func1')).toEqual([]);
  });

  test('its pools are not told, whatever their items point at', async () => {
    const { heap } = await detectIn(poolContents, 'go1.27.4/poolcycle', 'go1.27.4/poolcycle');
    const { graph, dominators, roots } = heap;
    const onStack = graph.roots.kind.findIndex(
      (kind, root) =>
        kind === ROOT.stack &&
        root < graph.roots.strongCount &&
        !graph.records.goroutines[graph.records.frames[graph.roots.owner[root]].goroutine].system,
    );
    const pools = await findPools(heap.naming, () => undefined);
    /** What is told of a pool where what its first item keeps is on a stack too. */
    const told = async (where: string): Promise<string[]> => {
      const [{ objectId: item }] = pools.find((pool) => pool.where === where)?.items ?? [];
      const kept = dominators.dominatedObject[dominators.dominatedStart[item]];
      const { findings } = await poolContents.detect({
        ...heap,
        roots: { ofObject: (id) => (id === kept ? [onStack] : roots.ofObject(id)) },
      });
      return findings.map(({ key }) => key).filter((key) => key.startsWith(`pool ${where}`));
    };
    expect(await told('main.bufPool')).toEqual(['pool main.bufPool: live state']);
    expect(await told('fmt.ppFree')).toEqual([]);
  });
});

describe('timers of libraries that stop them', () => {
  let timers: Awaited<ReturnType<typeof detectIn>>;
  beforeAll(async () => {
    timers = await detectIn(unstoppedTimers, 'go1.24.4/timers');
  });
  const functions = async (name: string): Promise<string[]> => {
    const heap = { ...timers.heap, functionAt: () => name };
    const { findings } = await unstoppedTimers.detect(heap);
    return findings.filter(({ key }) => key === name).map(({ severity }) => severity);
  };

  test.each([
    'net.(*netFD).connect.func2',
    'net/http.(*http2Transport).newClientConn.func1',
    'crypto/tls.(*Conn).HandshakeContext.func1',
    'database/sql.(*DB).startCleanerLocked.func1',
    'golang.org/x/net/http2.(*serverConn).onIdleTimer',
    'google.golang.org/grpc/internal/transport.(*http2Client).keepalive.func1',
    'google.golang.org/grpc.(*ccBalancerWrapper).close.func1',
  ])('%s is not told', async (name) => expect(await functions(name)).toEqual([]));

  test.each([
    'main.(*Session).expire',
    'network.Dial.func1',
    'cryptobot.run',
    'databases/pool.expire',
    'github.com/acme/net/http.expire',
    'golang.org/x/netx.expire',
    'google.golang.org/grpcx.expire',
    'time.Sleep',
  ])('%s is told', async (name) => expect(await functions(name)).toEqual(['note']));
});

describe('libraries that keep a goroutine for each connection', () => {
  const crowd = async (function_: string): Promise<string[]> => {
    const shape = new Shape();
    for (let i = 0; i < 120; i++) {
      const { channel, goroutine } = addWaiter(shape, { functions: [function_] });
      shape.bss.push({ offset: 2 ** 16 + 8 * i, target: channel });
      expect(goroutine.frames.at(-1)?.name).toBe('runtime.goexit');
    }
    return lines((await detectInShape(goroutinesStuckForEver, shape)).findings);
  };

  test.each([
    'net/http.(*persistConn).writeLoop',
    'net/rpc.(*Client).input',
    'database/sql.(*DB).connectionOpener',
    'golang.org/x/net/http2.(*ClientConn).readLoop',
    'google.golang.org/grpc/internal/transport.newHTTP2Client.func6',
  ])('%s is not told', async (name) => expect(await crowd(name)).toEqual([]));

  test.each([
    'main.serve',
    'network/http.serve',
    'golang.org/x/networks.read',
    'google.golang.org/genproto.read',
    'github.com/acme/net/http.serve',
  ])('%s is told', async (name) =>
    expect(await crowd(name)).toEqual([
      `note/possible 120 goroutines that wait in one place, all receiving from a channel, in ${name}`,
    ]),
  );
});

describe('goroutines of the runtime', () => {
  const stuck = async (change: Parameters<typeof addWaiter>[1]): Promise<number> => {
    const shape = new Shape();
    addWaiter(shape, change);
    return (await detectInShape(goroutinesStuckForEver, shape)).findings.length;
  };

  test.each(['runtime.main', 'runtime.runfinq', 'runtime.runFinalizers', 'runtime.runCleanups'])(
    'the one that begins with %s is never stuck',
    async (name) => expect(await stuck({ functions: ['main.work', name] })).toBe(0),
  );
  test('those marked as the system’s are not', async () =>
    expect(await stuck({ functions: ['main.work'], system: true })).toBe(0));
  test.each(['runtime.mainly', 'main.runfinq', 'runtime.forcegchelper'])('one that begins with %s is', async (name) =>
    expect(await stuck({ functions: ['main.work', name] })).toBe(1),
  );

  test.each([
    ['the program’s', false, ['warning']],
    ['the system’s', true, []],
  ])('one that panics, %s', async (_, system, expected) => {
    const shape = new Shape();
    const goroutine = shape.goroutine({ system, waitReason: 'select' });
    for (const name of ['main.cleanUp', 'runtime.gopanic', 'main.serve']) goroutine.frame(name);
    goroutine.panicking({ address: 0x1000 }, shape.object(32));
    const { findings } = await detectInShape(stuckPanic, shape);
    expect(findings.map(({ severity }) => severity)).toEqual(expected);
  });
});

describe('structures that every program has', () => {
  let holder: DetectedInShape;
  beforeAll(async () => {
    const shape = new Shape();
    const array = shape.object(8 * 3000);
    for (let i = 0; i < 3000; i++) shape.point(array, 8 * i, shape.object(2048));
    shape.bss.push({ offset: 16, target: array });
    holder = await detectInShape(bigHolder, shape);
  });
  const told = async (type: string): Promise<number> =>
    (await bigHolder.detect({ ...holder.heap, typeText: () => type })).findings.length;

  test.each([
    'runtime.g',
    '*runtime.p',
    '[]runtime.mspan',
    '[]*runtime.g',
    '[8]runtime.sudog',
    'internal/runtime/maps.table',
    'internal/abi.Type',
    'internal/cpu.option',
    'sync.poolLocal',
    '[]sync.poolChainElt',
  ])('%s is not told', async (type) => expect(await told(type)).toBe(0));

  test.each([
    'runtime/pprof.profMap',
    'main.Cache',
    '[]main.Row',
    'runtimes.Machine',
    'internal/poll.FD',
    'sync.Map',
    'map[string]runtime.g',
  ])('%s is told', async (type) => expect(await told(type)).toBe(1));
});

describe('buffers that are there to be filled again', () => {
  test.each(['bufio.Reader .buf', 'bytes.Buffer .buf', 'strings.Builder .buf'])('%s is one', (place) =>
    expect(isBuffer(place)).toBe(true),
  );
  test.each(['main.Batch .lines', 'bufiox.Reader .buf', 'bytesize.Table .rows', 'mystrings.List .all', 'a variable'])(
    '%s is none',
    (place) => expect(isBuffer(place)).toBe(false),
  );
});
