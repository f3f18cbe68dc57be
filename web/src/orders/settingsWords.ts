// How a camera stands to its settings, in words. Pure.
import type { CameraSettings, Setting, SettingValues } from '../api/orders';
import { timeText, zoneText } from './minutesOfDay';
import { factsOf } from './settingFacts';

export const LEFT_TO_THE_CAMERA = 'as the camera likes';

function valueWords(setting: Setting, value: SettingValues[string] | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const { shape, words } = factsOf(setting);
  if (shape === 'time') return timeText(Number(value));
  if (shape === 'zone') return zoneText(Number(value));
  return words?.[value] ?? String(value);
}

export function wantedWords(setting: Setting, { desired }: Pick<CameraSettings, 'desired'>): string {
  return valueWords(setting, desired[setting.key]) ?? LEFT_TO_THE_CAMERA;
}

/** "In force: 60"; "In force: 60, and 30 when it next speaks"; undefined: the camera has not said what it goes by. */
export function inForceWords(
  setting: Setting,
  settings: Pick<CameraSettings, 'desired' | 'applied' | 'pending'>,
): string | undefined {
  const wanted = valueWords(setting, settings.desired[setting.key]);
  const now = valueWords(setting, settings.applied?.[setting.key]);
  if (settings.pending && wanted !== undefined && wanted !== now) {
    return now === undefined
      ? `${wanted} when it next speaks`
      : `In force: ${now}, and ${wanted} when it next speaks`;
  }
  return now === undefined ? undefined : `In force: ${now}`;
}

/** How the camera stands to what is wanted of it. */
export function standing({
  version,
  pending,
  reported,
}: Pick<CameraSettings, 'version' | 'pending' | 'reported'>): string {
  if (version === 0) return 'Nobody has set it yet: everything is as the camera likes.';
  if (pending) return 'The camera is told when it next speaks.';
  if (reported?.status === 'applied' && reported.reason !== null)
    return `The camera goes by these: ${reported.reason}.`;
  if (reported?.status === 'applied') return 'The camera goes by these.';
  const reason = reported?.reason ?? 'it did not say why';
  return reported?.status === 'rejected'
    ? `The camera refused these: ${reason}.`
    : `The camera tried these and took them back: ${reason}.`;
}
