import type { ReactNode } from 'react';
import { NamingNote } from './NamingNote';

interface ViewHeadProps {
  /** Where we are: links upwards. */
  crumb?: ReactNode;
  title: ReactNode;
  /** Chips after the title. */
  chips?: ReactNode;
  /** The facts in one line. */
  facts?: ReactNode;
}

/** How every view begins: where we are, what it is, its facts in one line; and how far names are, while they are on their way. */
export function ViewHead({ crumb, title, chips, facts }: ViewHeadProps) {
  return (
    <header className="view-head">
      {crumb !== undefined && <nav className="crumb">{crumb}</nav>}
      <div className="view-title">
        <h1>{title}</h1>
        {chips}
      </div>
      {facts !== undefined && <div className="facts">{facts}</div>}
      <NamingNote />
    </header>
  );
}

/** The view's own bar of tools, under its head. */
export function ViewTools({ children }: { children: ReactNode }) {
  return <div className="view-tools">{children}</div>;
}
