/** What a person set and expects to find again: kept by the browser, never in the place. */
import { create } from 'zustand';

export type Theme = 'light' | 'dark';

interface Settings {
  /** Null follows the system. */
  theme: Theme | null;
  /** The pane "Why is this alive?" is folded away. */
  folded: boolean;
}

const KEY = 'heapknot.settings';

export const useSettings = create<Settings>(read);

function setTheme(theme: Theme | null): void {
  useSettings.setState({ theme });
}

export function setFolded(folded: boolean): void {
  useSettings.setState({ folded });
}

const systemDark = matchMedia('(prefers-color-scheme: dark)');

/** The theme on screen now. */
function currentTheme(): Theme {
  return useSettings.getState().theme ?? (systemDark.matches ? 'dark' : 'light');
}

/** The other theme; one that the system has anyway is not pinned, so that the window follows it again. */
export function toggleTheme(): void {
  const other = currentTheme() === 'dark' ? 'light' : 'dark';
  setTheme((other === 'dark') === systemDark.matches ? null : other);
}

/** The theme on screen, followed. */
export function useTheme(): Theme {
  const theme = useSettings((settings) => settings.theme);
  const dark = useSystem((system) => system.dark);
  return theme ?? (dark ? 'dark' : 'light');
}

const useSystem = create<{ dark: boolean }>(() => ({ dark: systemDark.matches }));

/** Keeps the document's theme and the stored settings in step. Call once. */
export function applySettings(): void {
  const apply = (): void => {
    document.documentElement.dataset['theme'] = currentTheme();
  };
  systemDark.addEventListener('change', () => {
    useSystem.setState({ dark: systemDark.matches });
    apply();
  });
  useSettings.subscribe((settings) => {
    apply();
    write(settings);
  });
  apply();
}

function read(): Settings {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return { theme: null, folded: false };
    const theme = 'theme' in stored && (stored.theme === 'dark' || stored.theme === 'light') ? stored.theme : null;
    return { theme, folded: 'folded' in stored && stored.folded === true };
  } catch {
    return { theme: null, folded: false };
  }
}

/** A browser may refuse storage; then settings last as long as the window. */
function write(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    return;
  }
}
