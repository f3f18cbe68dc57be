// What the settings that every camera shares mean to a person. One that is not listed here goes by its key and unit.
import type { Setting } from '../api/orders';

export interface SettingFacts {
  readonly label: string;
  /** Of a number, behind it. */
  readonly unit?: string;
  /** What it does, and what it costs. */
  readonly effect?: string;
  /** A number that is none to a person: minutes since midnight, minutes east of UTC. */
  readonly shape?: 'time' | 'zone';
  /** How words are said that explain nothing by themselves. */
  readonly words?: Readonly<Record<string, string>>;
}

const SHARED: Readonly<Record<string, SettingFacts>> = {
  interval_s: {
    label: 'A picture every',
    unit: 's',
    effect: 'The main cost in battery and data.',
  },
  active_from_min: {
    label: 'Looks from',
    effect: 'No pictures outside of these hours. Later than the end: over midnight.',
    shape: 'time',
  },
  active_to_min: { label: 'Looks until', shape: 'time' },
  time_zone_min: {
    label: 'Time zone',
    effect: 'For its hours and its month. It knows no summer time: set it anew twice a year.',
    shape: 'zone',
  },
  daylight_only: {
    label: 'Only by daylight',
    effect: 'While the sun is up where it stands. One that does not know where it is looks day and night.',
  },
  sleep: {
    label: 'Between pictures',
    effect: 'The deeper it sleeps, the longer a battery lasts, and the later it hears of an order.',
    words: { awake: 'awake, always linked', light: 'light sleep, not linked', deep: 'deep sleep' },
  },
  monthly_budget_mb: {
    label: 'Data each month',
    unit: 'MB',
    effect:
      'When it is used up, pictures wait in the camera until the month is over, and there is no live view.',
  },
  live_max_fps: { label: 'Live pictures, at most', unit: 'a second' },
  live_max_kbps: { label: 'Live data, at most', unit: 'kbit/s' },
  resolution: { label: 'Resolution' },
  quality: { label: 'Quality', unit: 'of 100', effect: 'Better pictures are larger.' },
  rotation: { label: 'Turned to the right', words: { '90': '90°', '180': '180°', '270': '270°' } },
  exposure_lines: { label: 'Exposure', unit: 'lines', effect: 'Counts where exposure is not automatic.' },
  iso_gain: { label: 'ISO gain', effect: 'Counts where it is not automatic.' },
  auto_iso: { label: 'Automatic ISO' },
  auto_exposure: { label: 'Automatic exposure' },
};

/** A key of none of these: "lens_heater_min" of a later camera is "Lens heater", in "min". */
function plain({ key, unit }: Setting): SettingFacts {
  const words = key.replace(/_(s|min|mb|kbps|fps)$/, '').replaceAll('_', ' ');
  const label = words.charAt(0).toUpperCase() + words.slice(1);
  return unit === undefined ? { label } : { label, unit };
}

export function factsOf(setting: Setting): SettingFacts {
  const shared = Object.hasOwn(SHARED, setting.key) ? SHARED[setting.key] : undefined;
  return shared ?? plain(setting);
}
