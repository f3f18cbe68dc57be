// Settings as a form has them: a text for each, empty for what is left to the camera. Pure.
import type { Setting, SettingValues } from '../api/orders';
import { minutesOf, timeText } from './minutesOfDay';
import { factsOf } from './settingFacts';

export type Typed = Readonly<Record<string, string>>;

const isTime = (setting: Setting) => factsOf(setting).shape === 'time';

export function typedOf(values: SettingValues, schema: readonly Setting[]): Typed {
  const typed: Record<string, string> = {};
  for (const setting of schema) {
    const value = values[setting.key];
    if (value === undefined || value === null) continue;
    typed[setting.key] = isTime(setting) ? timeText(Number(value)) : String(value);
  }
  return typed;
}

/** What cannot be read as it must be goes as it is: the server says what is wrong with it. */
export function valuesOf(typed: Typed, schema: readonly Setting[]): SettingValues {
  const values: SettingValues = {};
  for (const setting of schema) {
    const { key, kind } = setting;
    const text = typed[key]?.trim() ?? '';
    if (text === '') continue;
    if (isTime(setting)) values[key] = minutesOf(text) ?? text;
    else if (kind === 'number') values[key] = Number(text);
    else values[key] = kind === 'flag' ? text === 'true' : text;
  }
  return values;
}
