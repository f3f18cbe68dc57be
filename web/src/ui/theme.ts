// Dark by default, light on request, or whatever the system says.
import { keep, kept } from './kept';

export const THEMES = ['dark', 'light', 'system'] as const;
export type Theme = (typeof THEMES)[number];

const STORAGE_KEY = 'heliograph.theme';
const PREFERS_LIGHT = '(prefers-color-scheme: light)';

function isTheme(value: unknown): value is Theme {
  return THEMES.some((theme) => theme === value);
}

export function rememberedTheme(): Theme {
  const value = kept(STORAGE_KEY);
  return isTheme(value) ? value : 'dark';
}

/** Puts the theme on the page; `system` follows the system until another is applied. */
export function applyTheme(theme: Theme): () => void {
  const system = window.matchMedia(PREFERS_LIGHT);
  const apply = () => {
    const light = theme === 'light' || (theme === 'system' && system.matches);
    document.documentElement.dataset.theme = light ? 'light' : 'dark';
  };
  apply();
  system.addEventListener('change', apply);
  return () => system.removeEventListener('change', apply);
}

export function rememberTheme(theme: Theme): void {
  keep(STORAGE_KEY, theme);
}
