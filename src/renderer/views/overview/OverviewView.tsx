import { useMemo } from 'react';
import { useCycleCount } from '../../state/counts';
import { baseName, useOpenDump, useSummary } from '../../state/dump';
import { useExports } from '../../state/exports';
import { download } from '../../ui/download';
import { Bytes, Count, Fact } from '../../ui/figures';
import { ViewHead } from '../../ui/ViewHead';
import { CyclesCard } from './CyclesCard';
import { DamageNote } from './DamageNote';
import { FindingsCard } from './FindingsCard';
import { GoroutinesCard } from './GoroutinesCard';
import { HeldByCard } from './HeldByCard';
import { MemoryCard } from './MemoryCard';
import { TrustCard } from './TrustCard';
import { TypesCard } from './TypesCard';
import './overview.css';

/** The dump on one screen: how much there is, what holds it, what is large, and how far to trust it. */
export function OverviewView() {
  const { file, summary } = useOpenDump();
  const exports = useMemo(
    () => [
      {
        label: 'Summary as JSON',
        run: () => {
          const text = `${JSON.stringify({ schema: 'heapknot/summary/1', ...summary }, null, 2)}\n`;
          download(`${baseName(file)}.summary.json`, new Blob([text], { type: 'application/json' }));
        },
      },
    ],
    [file, summary],
  );
  useExports(exports);
  return (
    <>
      <OverviewHead />
      <div className="view-body overview">
        <DamageNote />
        <div className="overview-top">
          <MemoryCard />
          <HeldByCard />
        </div>
        <div className="overview-columns">
          <div>
            <FindingsCard />
            <CyclesCard />
            <TypesCard />
          </div>
          <div>
            <GoroutinesCard />
            <TrustCard />
          </div>
        </div>
      </div>
    </>
  );
}

function OverviewHead() {
  const { heap, goroutines } = useSummary();
  const cycles = useCycleCount();
  return (
    <ViewHead
      title="Overview"
      missing={false}
      facts={
        <>
          <Fact name="objects">
            <Count value={heap.objects} />
          </Fact>
          <Fact name="bytes">
            <Bytes value={heap.bytes} />
          </Fact>
          <Fact name="reachable">
            <Bytes value={heap.reachableBytes} />
          </Fact>
          <Fact name="held by nothing">
            <Bytes value={heap.bytes - heap.reachableBytes} />
          </Fact>
          <Fact name="goroutines">
            <Count value={goroutines.total} />
          </Fact>
          <Fact name="cycles">{cycles === null ? 'counting…' : <Count value={cycles} />}</Fact>
        </>
      }
    />
  );
}
