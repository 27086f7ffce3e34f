import {
  Anchor,
  Box,
  Braces,
  Database,
  LayoutDashboard,
  ListTree,
  Network,
  RefreshCw,
  TriangleAlert,
  Type,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Severity, Summary } from '../../../workers/api';
import { useAnswer, useSummary } from '../state/dump';
import { useFindings, worstOf } from '../state/findings';
import { usePlace } from '../state/navigation';
import { places } from '../state/place';
import type { Place, ViewName } from '../state/place';
import { formatCount } from '../ui/format';
import { PlaceLink } from '../ui/PlaceLink';
import { SeverityMark } from '../ui/SeverityMark';

interface RailEntry {
  words: string;
  icon: LucideIcon;
  to: Place;
  /** The views that belong to it. */
  views: readonly ViewName[];
  /** How many there are; null while that is being counted or is no question. */
  count: number | null;
  /** The worst of them, where they are findings. */
  severity?: Severity | null;
}

/** Asks for a list's length. */
const FIRST = { offset: 0, limit: 1 };

/** What the summary does not count; null while it is being counted. */
interface RailCounts {
  /** Those that are not ignored. */
  findings: number | null;
  worst: Severity | null;
  types: number | null;
  closures: number | null;
  pools: number | null;
}

/** The views, in groups, with what is in them. */
export function Rail() {
  const summary = useSummary();
  const types = useAnswer('types', [FIRST]);
  const closures = useAnswer('closures', [FIRST]);
  const pools = useAnswer('pools', [FIRST]);
  const { answer, open } = useFindings();
  const groups = railGroups(summary, {
    findings: answer.state === 'ready' ? open.length : null,
    worst: worstOf(open),
    types: types.value?.total ?? null,
    closures: closureCount(summary, closures.value?.total ?? null),
    pools: pools.value?.total ?? null,
  });
  const { view } = usePlace();
  return (
    <nav className="rail" aria-label="Views">
      {groups.map(({ title, entries }) => (
        <div key={title ?? ''} className="rail-group">
          {title !== null && <h2>{title}</h2>}
          <ul>
            {entries.map((entry) => (
              <li key={entry.words}>
                <RailLink entry={entry} current={entry.views.includes(view)} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

/** None seen is not none where no executable tells closures from other objects. */
function closureCount({ naming }: Summary, total: number | null): number | null {
  return total === 0 && naming.executable?.matches !== true ? null : total;
}

function RailLink({ entry, current }: { entry: RailEntry; current: boolean }) {
  const Icon = entry.icon;
  return (
    <PlaceLink to={entry.to} className="rail-link" aria-current={current ? 'page' : undefined}>
      <Icon size={15} aria-hidden="true" />
      <span className="rail-words">{entry.words}</span>
      {entry.severity && <SeverityMark severity={entry.severity} />}
      {entry.count !== null && <span className="rail-count">{formatCount(entry.count)}</span>}
    </PlaceLink>
  );
}

function railGroups(summary: Summary, counts: RailCounts): { title: string | null; entries: RailEntry[] }[] {
  const roots = Object.values(summary.roots).reduce((sum, count) => sum + count, 0);
  return [
    {
      title: null,
      entries: [
        { words: 'Overview', icon: LayoutDashboard, to: places.overview(), views: ['overview'], count: null },
        {
          words: 'Findings',
          icon: TriangleAlert,
          to: places.findings(),
          views: ['findings'],
          count: counts.findings,
          severity: counts.worst,
        },
      ],
    },
    {
      title: 'Heap',
      entries: [
        {
          words: 'Cycles',
          icon: RefreshCw,
          to: places.shapes(),
          views: ['shapes', 'cycles', 'cycle'],
          count: summary.cycles.count,
        },
        { words: 'Types', icon: Type, to: places.types(), views: ['types'], count: counts.types },
        {
          words: 'Objects',
          icon: Box,
          to: places.objects(),
          views: ['objects', 'object'],
          count: summary.heap.objects,
        },
        { words: 'Dominators', icon: Network, to: places.dominators(), views: ['dominators'], count: null },
      ],
    },
    {
      title: 'Why alive',
      entries: [
        {
          words: 'Goroutines',
          icon: ListTree,
          to: places.goroutines(),
          views: ['goroutines', 'goroutine'],
          count: summary.goroutines.total,
        },
        { words: 'Roots', icon: Anchor, to: places.roots(), views: ['roots'], count: roots },
      ],
    },
    {
      title: 'Lenses',
      entries: [
        { words: 'Closures', icon: Braces, to: places.closures(), views: ['closures'], count: counts.closures },
        { words: 'Pools', icon: Database, to: places.pools(), views: ['pools', 'pool'], count: counts.pools },
      ],
    },
  ];
}
