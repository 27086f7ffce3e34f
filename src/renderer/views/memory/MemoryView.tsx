import { useMemo } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { RetentionTree } from '../../../../workers/api';
import { flameFills, layOutFlame } from '../../../../workers/report';
import { useAnswer } from '../../state/dump';
import { adjust, go } from '../../state/navigation';
import { select } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { useTheme } from '../../state/settings';
import { Button, Failed, Sentence, Waiting } from '../../ui/controls';
import { Crumbs } from './Crumbs';
import { ROW_PX } from './draw-flame';
import { FlameGraph } from './FlameGraph';
import { Legend } from './Legend';
import { MemoryHead } from './MemoryHead';
import { MemoryTools } from './MemoryTools';
import { queryOf } from './memory-query';
import { NodeMenu } from './NodeMenu';
import { NodeTable } from './NodeTable';
import { useFlameExports } from './use-flame-exports';
import { useKept } from './use-kept';
import './memory.css';

type Place = PlaceOf<'memory'>;

/** Where the memory is: the tree of retention as a flame graph, and the same nodes as a table; both add up to all that is asked about. */
export function MemoryView({ place }: { place: Place }) {
  const answer = useAnswer('retention', [queryOf(place)]);
  const { value: tree, stale } = useKept(answer);
  if (answer.state === 'failed')
    return (
      <>
        <MemoryHead place={place} tree={null} />
        <MemoryTools place={place} matched={null} whole={0} />
        <Failed error={answer.error} retry={answer.retry} />
        <UndoAll place={place} />
      </>
    );
  return (
    <>
      <MemoryHead place={place} tree={tree} />
      <MemoryTools
        place={place}
        matched={stale ? null : (tree?.matched ?? null)}
        whole={tree === null ? 0 : wholeOf(tree)}
      />
      {tree === null ? <Waiting what="memory" /> : <MemoryBody place={place} tree={tree} stale={stale} />}
    </>
  );
}

/** What shares are of: all that is asked about, zoomed or not; of what nothing holds, that alone. */
function wholeOf({ nodes, whole, total }: RetentionTree): number {
  return nodes.at(0)?.kind === 'unheld' ? total.bytes : whole.bytes;
}

function MemoryBody({ place, tree, stale }: { place: Place; tree: RetentionTree; stale: boolean }) {
  const theme = useTheme();
  const flame = useMemo(() => layOutFlame(tree), [tree]);
  const fills = useMemo(() => flameFills(tree.nodes, place.hue, theme), [tree, place.hue, theme]);
  const selected = place.selected?.kind === 'node' ? place.selected.id : null;
  const whole = wholeOf(tree);
  useFlameExports(place, tree, flame, fills);
  const toNode = (id: string): Place => select(place, { kind: 'node', by: place.by, id });
  const zoom = (id: string, opens: boolean): void => {
    if (opens && id !== place.under) go({ ...toNode(id), under: id, turned: [] });
    else adjust(toNode(id));
  };
  const out = (): void => {
    if (place.under !== null) go({ ...place, under: tree.above.at(-1)?.id ?? null, turned: [] });
  };
  if (tree.total.objects === 0) return <Nothing place={place} tree={tree} />;
  return (
    <div className={stale ? 'view-body memory memory-stale' : 'view-body memory'} aria-busy={stale}>
      <Crumbs place={place} tree={tree} />
      <Group className="memory-panes" orientation="vertical">
        <Panel id="flame" defaultSize={flameHeight(flame.rows.length)} minSize={80} maxSize="75%">
          <FlameGraph
            flame={flame}
            fills={fills}
            whole={whole}
            searched={tree.matched !== null}
            selected={selected}
            onSelect={({ node }) => {
              if (node !== null) adjust(toNode(node.id));
            }}
            onZoom={({ node, above, below }) => {
              if (node !== null) zoom(node.id, below.length > 0);
              else if (above?.node) zoom(above.node.id, true);
            }}
            onOut={out}
            menu={({ node }) => node !== null && <NodeMenu place={place} tree={tree} node={node} />}
          />
        </Panel>
        <Separator className="memory-separator" />
        <Panel id="nodes" minSize={120}>
          <div className="memory-nodes">
            <Legend legend={fills.legend} />
            <NodeTable place={place} tree={tree} whole={whole} onZoom={zoom} />
          </div>
        </Panel>
      </Group>
    </div>
  );
}

/** Pixels for all rows where those are few, with a little below them; the rest is scrolled. */
function flameHeight(rows: number): number {
  return Math.min(rows * ROW_PX + 24, 300);
}

function isNarrowed({ focus, ignore, hide, without, under }: Place): boolean {
  return under !== null || [focus, ignore, hide, without].some((texts) => texts.length > 0);
}

function Nothing({ place, tree }: { place: Place; tree: RetentionTree }) {
  const words = isNarrowed(place) ? 'Nothing is left by what was narrowed.' : 'No recorded root reaches anything here.';
  return (
    <Sentence>
      {tree.of !== null && !isNarrowed(place) ? `This dump has no object of ${tree.of}.` : words}{' '}
      <UndoAll place={place} />
    </Sentence>
  );
}

function UndoAll({ place }: { place: Place }) {
  if (!isNarrowed(place)) return null;
  return (
    <Button
      onClick={() => {
        go({ ...place, focus: [], ignore: [], hide: [], without: [], under: null });
      }}
    >
      Show all again
    </Button>
  );
}
