import type { DrawnGraph } from '../../../workers/api';
import { legendOf } from '../../../workers/report';
import { HolderMark } from '../ui/HolderMark';

/** What the signs of a graph mean: those that occur in it. */
export function Legend({ graph }: { graph: DrawnGraph }) {
  return (
    <ul className="graph-legend" aria-label="Legend">
      {legendOf(graph).map(({ sign, text }) => (
        <li key={text}>
          {typeof sign === 'object' ? (
            <HolderMark holder={sign.holder} />
          ) : (
            <span className={`graph-sign graph-sign-${sign.replace(' ', '-')}`} aria-hidden="true" />
          )}
          {text}
        </li>
      ))}
    </ul>
  );
}
