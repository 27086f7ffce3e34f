import type { PoolRow } from '../../../../workers/api';
import { useAnswer } from '../../state/dump';
import { places } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { CopyButton, Failed, Waiting } from '../../ui/controls';
import { Bytes, Count, Fact, GoName } from '../../ui/figures';
import { PlaceLink } from '../../ui/PlaceLink';
import { ViewHead } from '../../ui/ViewHead';
import { ItemsTable, KindsTable, ProcessorsTable } from './pool-tables';
import { PoolNew } from './PoolsView';
import './pools.css';

/** One pool: what each processor keeps, of which types, and every item. */
export function PoolView({ place }: { place: PlaceOf<'pool'> }) {
  const answer = useAnswer('pool', [place.address]);
  if (answer.state === 'failed') return <Failed error={answer.error} retry={answer.retry} />;
  if (answer.state === 'waiting') return <Waiting what="items" />;
  return <KnownPool pool={answer.value} />;
}

/** Rows of the two tables of sums that are shown without scrolling, and their pixels: as in the stylesheet. */
const MOST_SUMS = 6;
const ROW_PX = 28;

function KnownPool({ pool }: { pool: PoolRow }) {
  const sums = Math.min(Math.max(pool.processors.length, pool.kinds.length, 1), MOST_SUMS);
  return (
    <>
      <ViewHead
        crumb={<PlaceLink to={places.pools()}>Pools</PlaceLink>}
        title={<GoName name={pool.name} />}
        chips={
          <>
            <CopyButton text={pool.address} label="Copy the address" />
            {pool.object !== null && <PlaceLink to={places.object(pool.object)}>the object that contains it</PlaceLink>}
          </>
        }
        facts={<PoolFacts pool={pool} />}
      />
      <div className="view-body pool">
        <div className="pool-sums" style={{ height: (sums + 1) * ROW_PX + 1 }}>
          <ProcessorsTable pool={pool} />
          <KindsTable pool={pool} />
        </div>
        <div className="pool-items">
          <ItemsTable pool={pool} />
        </div>
      </div>
    </>
  );
}

function PoolFacts({ pool }: { pool: PoolRow }) {
  return (
    <>
      <span className="pool-new">
        New <PoolNew pool={pool} />
      </span>
      <Fact name="items">
        <Count value={pool.items} />
      </Fact>
      <Fact name="private">
        <Count value={pool.private} />
      </Fact>
      <Fact name="shared">
        <Count value={pool.shared} />
      </Fact>
      <Fact name="victims" title="In the pool since before the last collection: they go at the next.">
        <Count value={pool.victim} />
      </Fact>
      <Fact name="own">
        <Bytes value={pool.bytes} />
      </Fact>
      <Fact name="retains">
        <Bytes value={pool.retainedBytes} />
      </Fact>
    </>
  );
}
