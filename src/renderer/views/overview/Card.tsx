import type { ReactNode } from 'react';

interface CardProps {
  title: string;
  /** What the title does not say, in a few words. */
  note?: ReactNode;
  /** A figure or a link at the right end of the head. */
  end?: ReactNode;
  children: ReactNode;
}

/** One card of the overview. */
export function Card({ title, note, end, children }: CardProps) {
  return (
    <section className="card" aria-label={title}>
      <header className="card-head">
        <h2>{title}</h2>
        {note !== undefined && <span className="muted">{note}</span>}
        {end !== undefined && <span className="card-end">{end}</span>}
      </header>
      {children}
    </section>
  );
}
