import { Monitor, Moon, Sun } from 'lucide-react';
import { IconButton } from './IconButton';
import { THEMES, type Theme } from './theme';
import { useTheme } from './useTheme';

const ICONS = { dark: Moon, light: Sun, system: Monitor };

function after(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'dark';
}

export function ThemeToggle() {
  const [theme, setTheme] = useTheme();
  const next = after(theme);
  return (
    <IconButton
      icon={ICONS[theme]}
      label={`Theme: ${theme}. Change to ${next}`}
      onClick={() => setTheme(next)}
    />
  );
}
