import type { ReactNode } from 'react';
import { ThemeButton } from '../ui/ThemeButton';
import './start.css';

/** The page around every screen that has no dump to show. */
export function StartPage({ children }: { children: ReactNode }) {
  return (
    <div className="start">
      <header className="start-bar">
        <strong>Heapknot</strong>
        <span className="muted">reference cycles, retained sizes and root paths in Go heap dumps</span>
        <ThemeButton />
      </header>
      <main className="start-main">{children}</main>
    </div>
  );
}
