import type { ReactNode } from 'react';
import type { FrameRow, GoroutineDetail, RootRow } from '../../../../workers/api';
import { useAnswer } from '../../state/dump';
import { adjust, usePlace } from '../../state/navigation';
import { places, selectObject } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { Failed, Sentence, Waiting } from '../../ui/controls';
import { AddressLink, Bytes, Chip, Count, Fact, GoName, TypeText } from '../../ui/figures';
import { formatBytes, formatCount, formatOffset, waitedWords } from '../../ui/format';
import { HolderMark } from '../../ui/HolderMark';
import { SourceName } from '../../ui/SourceName';
import { PlaceLink } from '../../ui/PlaceLink';
import { ViewHead } from '../../ui/ViewHead';
import './goroutine.css';

/** One goroutine: its stack, innermost frame first, with what each frame holds. */
export function GoroutineView({ place }: { place: PlaceOf<'goroutine'> }) {
  const answer = useAnswer('goroutine', [place.id]);
  return (
    <>
      <ViewHead
        crumb={<PlaceLink to={places.stacks()}>Goroutines</PlaceLink>}
        title={`Goroutine ${formatCount(place.id)}`}
        chips={answer.value !== null && <StateChips goroutine={answer.value} />}
        facts={answer.value !== null && <GoroutineFacts goroutine={answer.value} />}
      />
      <div className="view-body goroutine">
        {answer.state === 'waiting' && <Waiting what="frames" />}
        {answer.state === 'failed' && <Failed error={answer.error} retry={answer.retry} />}
        {answer.state === 'ready' && (
          <>
            <Story goroutine={answer.value} />
            <Stack goroutine={answer.value} />
          </>
        )}
      </div>
    </>
  );
}

function StateChips({ goroutine }: { goroutine: GoroutineDetail }) {
  const { state, waitReason, system } = goroutine;
  return (
    <>
      <Chip tone="goroutine">{waitReason === null ? state : `${state}: ${waitReason}`}</Chip>
      {system && <Chip>runtime</Chip>}
    </>
  );
}

function GoroutineFacts({ goroutine }: { goroutine: GoroutineDetail }) {
  return (
    <>
      <Fact name="frames">
        <Count value={goroutine.frames} />
      </Fact>
      <Fact name="defers pending">
        <Count value={goroutine.defers} />
      </Fact>
      <Fact name="retains">
        <Bytes value={goroutine.retainedBytes} />
      </Fact>
      <Fact name="in">
        <Count value={goroutine.retainedObjects} /> objects
      </Fact>
      <Fact name="descriptor">
        <span className="mono">{goroutine.address}</span>
      </Fact>
    </>
  );
}

/** What a person asks first: where in the program's own code, started by whom, for how long, for what. */
function Story({ goroutine }: { goroutine: GoroutineDetail }) {
  const { waitsIn, createdBy, waitedAtLeast, waitsOn, waitsOnTotal } = goroutine;
  return (
    <dl className="goroutine-story">
      {waitsIn !== null && (
        <Line name="In its own code">
          <SourceName place={waitsIn} />
        </Line>
      )}
      {createdBy !== null && (
        <Line name="Started by">
          <SourceName place={createdBy} />
        </Line>
      )}
      {waitedAtLeast !== null && (
        <Line name="Has waited">{waitedWords(waitedAtLeast)}, as far as collections saw it</Line>
      )}
      {waitsOn.length > 0 && (
        <Line name="Waits on">
          {waitsOn.map((object) => (
            <span key={object.address} className="waited-object">
              <AddressLink address={object.address} /> <TypeText label={object} />
            </span>
          ))}
          {waitsOnTotal > waitsOn.length && (
            <span className="faint">and {formatCount(waitsOnTotal - waitsOn.length)} more</span>
          )}
        </Line>
      )}
    </dl>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Stack({ goroutine }: { goroutine: GoroutineDetail }) {
  return (
    <>
      <ol className="stack" aria-label="Stack, innermost frame first">
        {goroutine.stack.map((frame) => (
          <FrameItem key={frame.depth} frame={frame} />
        ))}
      </ol>
      {goroutine.stack.length === 0 && <Sentence>The dump holds no frames of this goroutine.</Sentence>}
      {goroutine.other.length > 0 && (
        <section className="stack-frame" aria-label="Beside the stack">
          <div className="stack-head">
            <h2>Beside the stack</h2>
            <span className="secondary">descriptor, saved context, defer and panic records</span>
          </div>
          <RootLines roots={goroutine.other} total={goroutine.other.length} />
        </section>
      )}
    </>
  );
}

function FrameItem({ frame }: { frame: FrameRow }) {
  return (
    <li className="stack-frame">
      <div className="stack-head">
        <span className="stack-depth">{frame.depth}</span>
        <GoName name={frame.function} />
        <span className="stack-facts secondary">
          {formatBytes(frame.bytes)} · pc <span className="mono">{frame.pc}</span>
        </span>
      </div>
      <RootLines roots={frame.roots} total={frame.rootsTotal} />
    </li>
  );
}

/** What the roots of one frame point at. */
function RootLines({ roots, total }: { roots: readonly RootRow[]; total: number }) {
  const place = usePlace();
  const { selected } = place;
  if (roots.length === 0) return null;
  return (
    <ul className="root-lines">
      {roots.map((root, index) => (
        <li
          // A word of a frame is one root: its place in the list is its name.
          key={index}
          className={
            selected?.kind === 'object' && selected.address === root.target ? 'root-line root-selected' : 'root-line'
          }
          onClick={() => {
            adjust(selectObject(place, root.target));
          }}
        >
          <HolderMark holder={root.holder} />
          <span className="root-place mono" title={root.name}>
            {root.address ?? root.name}
          </span>
          <AddressLink address={root.target} />
          <span className="faint">{root.targetOffset === 0 ? '' : formatOffset(root.targetOffset)}</span>
          <TypeText label={root} />
          <span className="root-size">
            <Bytes value={root.retainedSize} />
          </span>
        </li>
      ))}
      {total > roots.length && (
        <li className="root-more faint">and {formatCount(total - roots.length)} more pointers</li>
      )}
    </ul>
  );
}
