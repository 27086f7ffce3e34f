import { useMemo, useState } from 'react';
import type { RefObject } from 'react';
import { fieldName } from '../../../../workers/api';
import type { DrawnNode, Knot, KnotEnd } from '../../../../workers/api';
import { fittedKinds } from '../../../../workers/report';
import { GraphFrame } from '../../graph/GraphFrame';
import type { GraphHandle } from '../../graph/GraphView';
import type { ShownGraph } from '../../graph/use-graph';
import type { Asking } from '../../state/requests';
import { useAnswer } from '../../state/dump';
import { go } from '../../state/navigation';
import { places } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { Button, Failed, Waiting } from '../../ui/controls';
import { Count } from '../../ui/figures';
import { PlaceLink } from '../../ui/PlaceLink';
import { arraySource } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { formatCount } from '../../ui/format';
import { PIECE_COLUMNS, tieColumns, type NumberedTie } from './knot-columns';
import { MemberPanel } from './MemberPanel';
import './knot.css';

/** Ties that are looked for. */
const TIES = 10;

export function useKnot(place: PlaceOf<'cycle'>, wanted: boolean): Asking<Knot> {
  return useAnswer('knot', wanted ? [{ cycle: place.id, ties: TIES, ignore: place.without }] : null);
}

/** The graph of kinds as what a frame of graphs shows. */
export function useKnotGraph(answer: Asking<Knot>): ShownGraph {
  const [selected, setSelected] = useState<string | null>(null);
  const whole = answer.value?.drawing ?? null;
  const graph = useMemo(() => whole && fittedKinds(whole), [whole]);
  return {
    graph,
    error: answer.error,
    retry: answer.retry,
    selected,
    setSelected: (node) => {
      setSelected(node.id);
    },
  };
}

interface KnotPartProps {
  place: PlaceOf<'cycle'>;
  answer: Asking<Knot>;
  drawn: ShownGraph;
  handle: RefObject<GraphHandle | null>;
}

/** What ties a large cycle: the ties in order, what is left without them, and the graph of its kinds. */
export function KnotPart({ place, answer, drawn, handle }: KnotPartProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  if (answer.state === 'failed') return <Failed error={answer.error} retry={answer.retry} />;
  if (answer.value === null) return <Waiting what="ties" />;
  const knot = answer.value;
  const open = (node: DrawnNode): void => {
    if (node.label === null) return;
    const { type, hint, shape } = node.label;
    go({ ...places.objectsOf(type ?? hint ?? shape, shape), cycle: place.id });
  };
  const shown = drawn.graph?.nodes.find(({ id }) => id === drawn.selected);
  return (
    <div className="cycle">
      <div className="knot-tables">
        <TiesTable knot={knot} place={place} chosen={chosen} onChoose={setChosen} />
        <PiecesTable knot={knot} />
      </div>
      <LeftOutFields place={place} />
      <GraphFrame
        drawn={drawn}
        handle={handle}
        label="Types of the cycle"
        direction="TB"
        isFaded={({ left }) => chosen !== null && left !== undefined && left[chosen] === 0}
        onSelectObject={() => undefined}
        onOpen={open}
      />
      {shown !== undefined && <MemberPanel node={shown} onOpen={open} />}
    </div>
  );
}

interface TiesTableProps {
  knot: Knot;
  place: PlaceOf<'cycle'>;
  chosen: number | null;
  onChoose: (tie: number) => void;
}

function TiesTable({ knot, place, chosen, onChoose }: TiesTableProps) {
  const source = useMemo(() => arraySource(knot.ties.map((tie, at) => ({ ...tie, number: at + 1 }))), [knot]);
  const columns = useMemo(
    () =>
      tieColumns((tie) => {
        go({ ...place, without: [...place.without, fieldName(tie)] });
      }),
    [place],
  );
  return (
    <section className="knot-table">
      <p className="knot-head secondary">{END_WORDS[knot.end](knot)}</p>
      <Table<NumberedTie, string>
        label="Ties"
        what="ties"
        columns={columns}
        source={source}
        empty="No single field ties it: each without which it would be smaller holds something by itself."
        isSelected={({ number }) => number === chosen}
        onSelect={({ number }) => {
          onChoose(number);
        }}
      />
    </section>
  );
}

function PiecesTable({ knot }: { knot: Knot }) {
  const source = useMemo(() => arraySource(knot.pieces), [knot]);
  return (
    <section className="knot-table">
      <p className="knot-head secondary">
        {knot.ties.length > 0 ? 'Cycles left without all of these' : 'Its cycles'}
        {knot.shapes > knot.pieces.length &&
          ` · the largest ${knot.pieces.length} of ${formatCount(knot.shapes)} shapes`}
      </p>
      <Table label="Cycles left" what="shapes" columns={PIECE_COLUMNS} source={source} empty="No cycle is left." />
    </section>
  );
}

/** Fields that are left out, each with the way to have it back. */
function LeftOutFields({ place }: { place: PlaceOf<'cycle'> }) {
  if (place.without.length === 0) return null;
  return (
    <p className="knot-without secondary">
      Told without {place.without.length === 1 ? 'the field' : <Count value={place.without.length} />}
      {place.without.map((field) => (
        <Button
          key={field}
          className="button-small mono"
          title="Tell it with this field again"
          onClick={() => {
            go({ ...place, without: place.without.filter((other) => other !== field) });
          }}
        >
          {field} ×
        </Button>
      ))}
      <PlaceLink to={{ ...places.memory(), without: place.without }}>Memory without it</PlaceLink>
    </p>
  );
}

const HOLDS_NOTHING =
  'Fields that hold nothing by themselves: without them every member is still reached from the roots.';

const END_WORDS: Record<KnotEnd, (knot: Knot) => string> = {
  asked: () => HOLDS_NOTHING,
  untied: () => `${HOLDS_NOTHING} No cycle is left without all of these.`,
  held: () => `${HOLDS_NOTHING} Any other that would make the largest cycle smaller holds something.`,
  steps: ({ tried, kinds }) =>
    `${HOLDS_NOTHING} ${formatCount(tried)} of ${formatCount(kinds.references)} kinds were tried; the command line tries all with --unbounded.`,
};
