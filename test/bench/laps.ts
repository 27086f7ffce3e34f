/** Time and memory, phase by phase. */
import type { MemoryAccount } from '../../workers/lib/alloc';

export interface Phase {
  name: string;
  /** Milliseconds on the clock, and of processor time (which other programs on the machine disturb less). */
  ms: number;
  cpuMs: number;
  /** Bytes of big arrays that stay, and the most so far. */
  heldBytes: number;
  peakBytes: number;
}

export class Laps {
  readonly phases: Phase[] = [];
  private clock = performance.now();
  private cpu = process.cpuUsage();

  constructor(private readonly account: MemoryAccount) {}

  /** Ends the phase that began with the one before. */
  end(name: string): void {
    const { user, system } = process.cpuUsage(this.cpu);
    const now = performance.now();
    this.phases.push({
      name,
      ms: now - this.clock,
      cpuMs: (user + system) / 1000,
      heldBytes: this.account.used,
      peakBytes: this.account.peak,
    });
    this.clock = now;
    this.cpu = process.cpuUsage();
  }
}
