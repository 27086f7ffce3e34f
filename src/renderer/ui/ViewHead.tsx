import type { ReactNode } from 'react';
import { MissingNote } from './MissingNote';
import { NamingNote } from './NamingNote';

interface ViewHeadProps {
  /** Where we are: links upwards. */
  crumb?: ReactNode;
  title: ReactNode;
  /** Chips after the title. */
  chips?: ReactNode;
  /** The facts in one line. */
  facts?: ReactNode;
  /** What is missing of the dump is said here; not where the view says more of it. */
  missing?: boolean;
}

/** How every view begins: where we are, what it is, its facts in one line; and how far names are, while they are on their way. */
export function ViewHead({ crumb, title, chips, facts, missing = true }: ViewHeadProps) {
  return (
    <header className="view-head">
      {crumb !== undefined && <nav className="crumb">{crumb}</nav>}
      <div className="view-title">
        <h1>{title}</h1>
        {chips}
      </div>
      {facts !== undefined && <div className="facts">{facts}</div>}
      {missing && <MissingNote />}
      <NamingNote />
    </header>
  );
}

/** The view's own bar of tools, under its head. */
export function ViewTools({ children }: { children: ReactNode }) {
  return <div className="view-tools">{children}</div>;
}
