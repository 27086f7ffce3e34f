import { Moon, Sun } from 'lucide-react';
import { toggleTheme, useTheme } from '../state/settings';
import { IconButton } from './controls';

/** Changes from light to dark and back. */
export function ThemeButton() {
  const dark = useTheme() === 'dark';
  return (
    <IconButton label={dark ? 'Light theme' : 'Dark theme'} onClick={toggleTheme}>
      {dark ? <Sun size={15} /> : <Moon size={15} />}
    </IconButton>
  );
}
