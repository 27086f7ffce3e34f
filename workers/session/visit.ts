/** Where the session stands with one file. A second `open` begins a new visit; what still ends for the old one cannot touch it. */
import type { Status } from '../api/session';
import type { ByteSource } from '../dump/byte-source';
import { MemoryAccount } from '../lib/alloc';
import type { Asked } from './answers/asked';
import type { SessionHost } from './host';
import { ProgressLog } from './progress-log';

/** Below this part of the file, what memory it will take is a guess not worth telling. */
const ENOUGH_READ = 0.01;

/** What questions work on once a dump is open. */
export type Opened = Omit<Asked, 'ticket'>;

export class Visit {
  readonly log: ProgressLog;
  readonly account: MemoryAccount;
  /** The open file, as soon as there is one. */
  source: ByteSource | null = null;
  /** Null until the dump is ready. */
  opened: Opened | null = null;
  private state: Status['state'];
  private objects = 0;
  private estimate: number | null = null;

  constructor(
    host: SessionHost,
    private readonly file: string | null,
  ) {
    const { maxArrayBytes, maxTotalBytes } = host.limits;
    this.log = new ProgressLog(() => host.now());
    this.account = new MemoryAccount({ arrayBytes: maxArrayBytes, totalBytes: maxTotalBytes });
    this.state = file === null ? 'empty' : 'opening';
  }

  /** Notes how many objects have been read, from which part (0 … 1) of the file. */
  read(objects: number, part: number): void {
    this.objects = objects;
    if (part >= ENOUGH_READ) this.estimate = Math.max(this.account.peak, Math.round(this.account.used / part));
  }

  ready(opened: Opened): void {
    this.opened = opened;
    this.state = 'ready';
  }

  /** Opening ended without a dump: because it was cancelled, or because it failed. */
  fail(cancelled: boolean): Promise<void> {
    this.state = cancelled ? 'empty' : 'failed';
    return this.close();
  }

  async close(): Promise<void> {
    const { source } = this;
    this.source = null;
    this.opened = null;
    await source?.close();
  }

  status(): Status {
    const { used, peak } = this.account;
    return {
      state: this.state,
      file: this.state === 'empty' ? null : this.file,
      running: this.log.running(),
      phases: this.log.list(),
      objects: this.objects,
      memory: { used, peak, estimate: this.state === 'opening' ? this.estimate : peak },
    };
  }
}
