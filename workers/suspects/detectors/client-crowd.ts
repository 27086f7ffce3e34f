/** Clients that are made to be shared, made again and again: each has connections, goroutines and buffers of its own. */
import { findJointRetained } from '../../analysis/joint-retained';
import { HOLDER } from '../../analysis/results';
import { counted, formatBytes } from '../../lib/format';
import { SLICE_MASK } from '../../lib/work';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { rootWay } from '../holders/root-way';
import type { Detector } from '../detector';
import { MOST_PROOFS, type Finding, type Fix } from '../finding';
import { times } from '../words/wording';

/** A program talks to a handful of services; a proxy has a transport for each, so that many are a note only. */
const CROWD = 30;

interface ClientKind {
  readonly type: string;
  /** What each of them has with whom it talks to. */
  readonly connection: string;
  readonly fix: Fix;
}

const HTTP_FIX: Fix = {
  text: 'Make one client with one transport and share it: both are made for use by many goroutines, and keep idle connections to be used again.',
  before: 'client := &http.Client{Transport: &http.Transport{}} // for each request',
  after: 'var client = &http.Client{Transport: &http.Transport{IdleConnTimeout: time.Minute}} // once',
};

const SQL_FIX: Fix = {
  text: 'Open the database once and share it: a sql.DB is a pool of connections.',
  before: 'db, err := sql.Open("postgres", url) // for each request',
  after: 'var db *sql.DB // opened once, when the program begins',
};

const GRPC_FIX: Fix = {
  text: 'Dial once for each target and share the connection, or close it when it is done with.',
  before: 'conn, err := grpc.NewClient(target) // for each call',
  after: 'conn, err := grpc.NewClient(target) // once\ndefer conn.Close()',
};

const KINDS: readonly ClientKind[] = [
  { type: 'net/http.Transport', connection: 'net/http.persistConn', fix: HTTP_FIX },
  { type: 'database/sql.DB', connection: 'database/sql.driverConn', fix: SQL_FIX },
  { type: 'google.golang.org/grpc.ClientConn', connection: 'google.golang.org/grpc.addrConn', fix: GRPC_FIX },
];

export const clientCrowd: Detector = {
  name: 'client-crowd',
  title: 'Clients that are made again and again',
  async detect(heap) {
    if (!heap.naming.hasExecutable)
      return { findings: [], skipped: 'It needs the executable: clients are found by their types.' };
    const findings: Finding[] = [];
    for (const kind of KINDS) {
      const clients = await objectsOf(heap, kind.type);
      if (clients.length >= CROWD) findings.push(await describe(heap, kind, clients));
    }
    return { findings, skipped: null };
  },
};

/** Objects of a type, one value each, that something holds. */
async function objectsOf(heap: AnalysedHeap, name: string): Promise<number[]> {
  const { graph, naming, reachability } = heap;
  const isWanted = naming.beliefs.all.map(({ type, count }) => type?.name === name && count === 1);
  const found: number[] = [];
  if (!isWanted.includes(true)) return found;
  for (let id = 1; id <= graph.objectCount; id++) {
    if ((id & SLICE_MASK) === 0) await heap.checkpoint();
    if (isWanted[naming.beliefs.numberOf(id)] && reachability.holder[id] !== HOLDER.nothing) found.push(id);
  }
  return found;
}

async function describe(
  heap: AnalysedHeap,
  { type, connection, fix }: ClientKind,
  clients: readonly number[],
): Promise<Finding> {
  const { graph, reachability, roots, dominators, account } = heap;
  const connections = await objectsOf(heap, connection);
  const { objects, bytes } = await heap.drive(
    findJointRetained(graph, reachability, roots, clients, () => false, account),
  );
  const largest = [...clients].sort((a, b) => dominators.retainedSize[b] - dominators.retainedSize[a]);
  const way = await rootWay(heap, largest[0]);
  return {
    detector: clientCrowd.name,
    key: type,
    severity: 'note',
    confidence: 'likely',
    basis: 'Counted by type. A program that talks to as many services as it has clients may mean it so.',
    title: `${times(clients.length, type)} are alive, with ${counted(connections.length, 'connection')} between them: one is made to be shared`,
    objects,
    bytes,
    proofs: largest.slice(0, MOST_PROOFS).map((objectId, i) => ({
      kind: 'object',
      objectId,
      text: `it retains ${formatBytes(dominators.retainedSize[objectId])}${i === 0 ? `, held by ${way ?? 'nothing'}` : ''}`,
    })),
    why:
      'Each client keeps connections of its own, and for each connection goroutines and buffers, until they time out or it is closed: nothing is ' +
      'used again, and where there is no timeout nothing ends.',
    fix,
    cuts: [],
  };
}
