/** Where the session stands with one file. A second `open` begins a new visit; what still ends for the old one cannot touch it. */
import type { OpenRequest, Status } from '../../api/session';
import type { ByteSource } from '../../dump/byte-source';
import { MemoryAccount } from '../../lib/alloc';
import type { Opened } from '../answers/asked';
import type { SessionHost } from '../running/host';
import type { NameTaker } from './name-taker';
import { ProgressLog } from '../running/progress-log';

/** Below this part of the file, what memory it will take is a guess not worth telling. */
const ENOUGH_READ = 0.01;

export class Visit {
  readonly log: ProgressLog;
  readonly account: MemoryAccount;
  /** The open file, as soon as there is one. */
  source: ByteSource | null = null;
  /** Null until the dump is ready. */
  names: NameTaker | null = null;
  private state: Status['state'];
  private objects = 0;
  private estimate: number | null = null;

  constructor(
    host: SessionHost,
    /** Null where there is no dump to visit. */
    readonly request: OpenRequest | null,
  ) {
    const { maxArrayBytes, maxTotalBytes } = host.limits;
    this.log = new ProgressLog(() => host.now());
    this.account = new MemoryAccount({ arrayBytes: maxArrayBytes, totalBytes: maxTotalBytes });
    this.state = request === null ? 'empty' : 'opening';
  }

  /** Notes how many objects have been read, from which part (0 … 1) of the file. */
  read(objects: number, part: number): void {
    this.objects = objects;
    if (part >= ENOUGH_READ) this.estimate = Math.max(this.account.peak, Math.round(this.account.used / part));
  }

  ready(names: NameTaker): void {
    this.names = names;
    this.state = 'ready';
  }

  /** What questions work on; null until the dump is ready. */
  get opened(): Opened | null {
    return this.names?.opened ?? null;
  }

  /** Opening ended without a dump: because it was cancelled, or because it failed. */
  fail(cancelled: boolean): Promise<void> {
    this.state = cancelled ? 'empty' : 'failed';
    return this.close();
  }

  async close(): Promise<void> {
    const { source } = this;
    this.source = null;
    this.names = null;
    await source?.close();
  }

  status(): Status {
    const { used, peak } = this.account;
    return {
      state: this.state,
      file: this.state === 'empty' ? null : (this.request?.file ?? null),
      running: this.log.running(),
      phases: this.log.list(),
      objects: this.objects,
      memory: { used, peak, estimate: this.state === 'opening' ? this.estimate : peak },
      names: this.names?.status() ?? { generation: 0, running: false, problem: null },
    };
  }
}
