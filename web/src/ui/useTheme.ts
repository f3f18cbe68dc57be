import { useEffect, useState } from 'react';
import { applyTheme, rememberedTheme, rememberTheme, type Theme } from './theme';

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(rememberedTheme);
  useEffect(() => applyTheme(theme), [theme]);
  return [
    theme,
    (next) => {
      rememberTheme(next);
      setTheme(next);
    },
  ];
}
