import type { Severity } from '../../../workers/api';
import { SEVERITY_WORDS } from '../../../workers/report';

/** Each severity has a shape and a letter besides its colour. 14 units square. */
const MARKS: Record<Severity, { path: string; letter: string }> = {
  leak: { path: 'M4.2 0.5h5.6l3.7 3.7v5.6l-3.7 3.7H4.2L0.5 9.8V4.2z', letter: 'L' },
  warning: { path: 'M7 0.6L13.7 13.2H0.3z', letter: 'W' },
  note: { path: 'M7 0.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13z', letter: 'N' },
};

/** The mark of a severity: an octagon for a leak, a triangle for a warning, a circle for a note. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const { path, letter } = MARKS[severity];
  return (
    <svg className={`severity severity-${severity}`} viewBox="0 0 14 14" width="14" height="14" role="img">
      <title>{SEVERITY_WORDS[severity]}</title>
      <path d={path} />
      <text x="7" y={severity === 'warning' ? 11.2 : 9.9} textAnchor="middle">
        {letter}
      </text>
    </svg>
  );
}
