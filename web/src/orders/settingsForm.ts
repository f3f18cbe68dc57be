// Settings as a form has them: a text for each, empty for what is left to the camera. Pure.
import type { Setting, SettingValues } from '../api/orders';

export type Typed = Readonly<Record<string, string>>;

export function typedOf(values: SettingValues): Typed {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value ?? '')]));
}

export function valuesOf(typed: Typed, schema: readonly Setting[]): SettingValues {
  const values: SettingValues = {};
  for (const { key, kind } of schema) {
    const text = typed[key]?.trim() ?? '';
    if (text === '') continue;
    if (kind === 'number') values[key] = Number(text);
    else values[key] = kind === 'flag' ? text === 'true' : text;
  }
  return values;
}

/** "interval_s" is "Interval (s)", "active_from_min" is "Active from (min)". */
export function settingLabel({ key, unit }: Setting): string {
  const words = key.replace(/_(s|min|mb|kbps|fps)$/, '').replaceAll('_', ' ');
  const label = words.charAt(0).toUpperCase() + words.slice(1);
  return unit === undefined ? label : `${label} (${unit})`;
}
