import { useEffect, useState } from 'react';
import type { Phase, PhaseProgress } from '../../../workers/api';
import { useDump } from '../state/dump';

const POLL_MS = 250;

/** How far a phase is, asked now and then as long as `following`; null while it does not run. */
export function usePhase(phase: Phase, following: boolean): PhaseProgress | null {
  const host = useDump((state) => state.host);
  const [progress, setProgress] = useState<PhaseProgress | null>(null);
  useEffect(() => {
    if (host === null || !following) return;
    let timer: ReturnType<typeof setTimeout>;
    let over = false;
    const ask = async (): Promise<void> => {
      const status = await host.session.status().catch(() => null);
      if (over) return;
      setProgress(status?.phases.find((one) => one.phase === phase && !one.finished) ?? null);
      timer = setTimeout(() => void ask(), POLL_MS);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [host, phase, following]);
  return following ? progress : null;
}
