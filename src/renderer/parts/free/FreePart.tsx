import { useMemo } from 'react';
import type { Address, FreeHolder, Freeing, HeldObjects, KindCut } from '../../../../workers/api';
import { freeHeadline, freeingMarkdown, insideText, kindCutLines } from '../../../../workers/report';
import { useAnswer } from '../../state/dump';
import { go } from '../../state/navigation';
import { places } from '../../state/place';
import { Button, CopyButton, Failed, Sentence, Waiting } from '../../ui/controls';
import { Bytes, Count } from '../../ui/figures';
import { MenuHead, MenuItem, MenuLine } from '../../ui/ObjectMenu';
import { copyText } from '../../ui/copy';
import { arraySource } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { holderColumns } from './holder-columns';
import './free.css';

interface FreePartProps {
  of: HeldObjects;
  /** Ids of the holders that are ticked. */
  cut: readonly string[];
  onCut: (cut: string[]) => void;
  selected: Address | null;
  onSelect: (address: Address) => void;
}

/** Who holds something, by kind; what goes without those that are ticked; the fewest that free it. */
export function FreePart({ of, cut, onCut, selected, onSelect }: FreePartProps) {
  const answer = useAnswer('free', [{ of }]);
  const holders = answer.value?.holders;
  const source = useMemo(() => arraySource(holders ?? []), [holders]);
  const ticked = useMemo(() => cut.filter((id) => holders?.some((holder) => holder.id === id)), [cut, holders]);
  if (answer.state === 'failed') return <Failed error={answer.error} retry={answer.retry} />;
  if (answer.state === 'waiting') return <Waiting what="what holds it" />;
  const freeing = answer.value;
  if (freeing.objects === 0)
    return (
      <Sentence>Nothing recorded holds it, so nothing can let go of it: the next collection may free it.</Sentence>
    );
  const toggle = (id: string): void => {
    onCut(ticked.includes(id) ? ticked.filter((one) => one !== id) : [...ticked, id]);
  };
  return (
    <div className="free-part">
      <div className="free-head">
        <p>{freeHeadline(freeing)}</p>
        <Fewest freeing={freeing} ticked={ticked} onCut={onCut} />
        <Ticked of={of} ticked={ticked} onCut={onCut} />
        <CopyButton text={freeingMarkdown(freeing)} label="Copy as Markdown" />
      </div>
      <Table
        label="What holds it, by kind"
        what="kinds"
        columns={holderColumns(ticked, toggle)}
        source={source}
        empty="Nothing refers to it from outside."
        isSelected={({ example }) => selected !== null && (example.from ?? example.to) === selected}
        onSelect={({ example }) => {
          onSelect(example.from ?? example.to);
        }}
        onOpen={({ example }) => {
          go(places.object(example.from ?? example.to));
        }}
        menu={(holder) => <HolderMenu holder={holder} isTicked={ticked.includes(holder.id)} onToggle={toggle} />}
      />
    </div>
  );
}

function Fewest({
  freeing,
  ticked,
  onCut,
}: {
  freeing: Freeing;
  ticked: readonly string[];
  onCut: FreePartProps['onCut'];
}) {
  const { fewest, nearest } = freeing;
  const inside = insideText(freeing);
  return (
    <>
      {fewest === null && <p>Only the runtime’s own could be cut outside of it: look inside.</p>}
      {fewest && <OneCut freeing={freeing} cut={fewest} where="nearest to the roots" ticked={ticked} onCut={onCut} />}
      {nearest && nearest.ids.join('\n') !== fewest?.ids.join('\n') && (
        <OneCut freeing={freeing} cut={nearest} where="nearest to it" ticked={ticked} onCut={onCut} />
      )}
      {inside !== null && <p>{inside}</p>}
    </>
  );
}

interface OneCutProps {
  freeing: Freeing;
  cut: KindCut;
  where: string;
  ticked: readonly string[];
  onCut: FreePartProps['onCut'];
}

/** Kinds that are spelt out; the rest is a count. */
const SPELT = 4;

function OneCut({ freeing, cut, where, ticked, onCut }: OneCutProps) {
  const [head, ...kinds] = kindCutLines(freeing, cut, where);
  const isTicked = cut.ids.length === ticked.length && cut.ids.every((id) => ticked.includes(id));
  return (
    <div className="free-cut">
      <p>
        {head}{' '}
        <Button
          disabled={isTicked}
          onClick={() => {
            onCut(cut.ids);
          }}
        >
          {cut.ids.length === 1 ? 'Tick it' : 'Tick them'}
        </Button>
      </p>
      <ul className="mono">
        {kinds.slice(0, SPELT).map((kind, at) => (
          <li key={cut.ids[at]} title={cut.ids[at]}>
            {kind}
          </li>
        ))}
        {kinds.length > SPELT && <li className="faint">and {kinds.length - SPELT} more</li>}
      </ul>
    </div>
  );
}

/** What goes without the ticked kinds together. */
function Ticked({ of, ticked, onCut }: { of: HeldObjects; ticked: string[]; onCut: FreePartProps['onCut'] }) {
  const answer = useAnswer('free', [ticked.length === 0 ? { of } : { of, cut: ticked }]);
  if (ticked.length === 0) return <p className="secondary">Tick kinds to see what goes without them together.</p>;
  return (
    <p role="status" className="free-ticked">
      Without the <Count value={ticked.length} /> ticked {ticked.length === 1 ? 'kind' : 'kinds'}:{' '}
      {answer.state === 'ready' ? <Gone freeing={answer.value} /> : 'counting…'}{' '}
      <Button
        onClick={() => {
          onCut([]);
        }}
      >
        Untick
      </Button>
    </p>
  );
}

function Gone({ freeing: { together } }: { freeing: Freeing }) {
  if (together.objects === 0) return <>nothing goes: something else holds all of it.</>;
  return (
    <>
      <Bytes value={together.bytes} /> in <Count value={together.objects} />{' '}
      {together.objects === 1 ? 'object goes' : 'objects go'}.
    </>
  );
}

function HolderMenu({
  holder,
  isTicked,
  onToggle,
}: {
  holder: FreeHolder;
  isTicked: boolean;
  onToggle: (id: string) => void;
}) {
  const { id, example } = holder;
  return (
    <>
      <MenuHead>{id}</MenuHead>
      <MenuItem
        onChoose={() => {
          onToggle(id);
        }}
      >
        {isTicked ? 'Untick' : 'Tick'}
      </MenuItem>
      <MenuItem
        onChoose={() => {
          go(places.object(example.from ?? example.to));
        }}
      >
        {example.from === null ? 'One that it leads to' : 'One that refers'}
      </MenuItem>
      <MenuLine />
      <MenuItem onChoose={() => void copyText(id, 'The name')}>Copy name</MenuItem>
    </>
  );
}
