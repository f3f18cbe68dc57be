// A camera's power, signal and last word, as short as a card has room for. Pure.
import type { FleetCamera } from '../api/fleet';
import { spanWords } from '../time/words';

export interface Vital {
  name: string;
  value: string;
}

// What a phone would show as four, three and two bars, for Wi-Fi and LTE alike.
const SIGNALS = [
  { from: -60, words: 'strong' },
  { from: -75, words: 'good' },
  { from: -88, words: 'weak' },
] as const;
const SIGNAL_LAST = 'very weak';

export function signalWords(rssi_dbm: number): string {
  const quality = SIGNALS.find(({ from }) => rssi_dbm >= from)?.words ?? SIGNAL_LAST;
  return `${rssi_dbm} dBm, ${quality}`;
}

/** In an order that is always the same, so that an eye that runs down many cards finds them. */
export function vitalsOf({ camera, battery_mv, rssi_dbm }: FleetCamera, now: number): Vital[] {
  const { heard_at } = camera;
  return [
    {
      name: 'Last seen',
      value: heard_at === null ? 'never' : `${spanWords(Math.max(0, now - heard_at))} ago`,
    },
    { name: 'Battery', value: battery_mv === null ? '–' : `${(battery_mv / 1000).toFixed(2)} V` },
    { name: 'Signal', value: rssi_dbm === null ? '–' : signalWords(rssi_dbm) },
  ];
}
