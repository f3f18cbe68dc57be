import type { Setting } from '../api/orders';
import { readerOffsets } from '../time/zone';
import { Choice } from '../ui/Choice';
import { Field } from '../ui/Field';
import { zoneText } from './minutesOfDay';
import { factsOf, type SettingFacts } from './settingFacts';
import { LEFT_TO_THE_CAMERA } from './settingsWords';

// Every zone there is lies on a quarter of an hour.
const ZONE_STEP_MIN = 15;
const MINUTE_MS = 60_000;

interface Props {
  setting: Setting;
  value: string;
  /** What the camera goes by now. */
  inForce: string | undefined;
  onChange: (value: string) => void;
}

/** One setting, with what it does: empty leaves it to the camera. */
export function SettingField({ setting, value, inForce, onChange }: Props) {
  const facts = factsOf(setting);
  const hint = [facts.effect, inForce && `${inForce}.`].filter(Boolean).join(' ') || undefined;
  const shared = { label: facts.label, hint, value };
  if (setting.kind === 'number' && facts.shape !== 'zone') {
    const isTime = facts.shape === 'time';
    return (
      <Field
        {...shared}
        type={isTime ? 'time' : 'number'}
        min={isTime ? undefined : setting.least}
        max={isTime ? undefined : setting.most}
        unit={facts.unit}
        placeholder={LEFT_TO_THE_CAMERA}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <Choice
      {...shared}
      options={[{ value: '', label: LEFT_TO_THE_CAMERA, unset: true }, ...optionsOf(setting, facts, value)]}
      onChange={onChange}
    />
  );
}

function optionsOf(setting: Setting, { words }: SettingFacts, value: string) {
  if (setting.kind === 'number') return zonesOf(setting, value);
  if (setting.kind === 'flag')
    return [
      { value: 'true', label: 'yes' },
      { value: 'false', label: 'no' },
    ];
  return (setting.words ?? []).map((word) => ({ value: word, label: words?.[word] ?? word }));
}

/** Those that a camera may be in, and the one it is in. */
function zonesOf({ least = 0, most = 0 }: Setting, value: string) {
  const here = readerOffsets(Date.now()) / MINUTE_MS;
  const zones = new Set(value === '' ? [] : [Number(value)]);
  for (let zone = least; zone <= most; zone += ZONE_STEP_MIN) zones.add(zone);
  return [...zones]
    .sort((one, other) => one - other)
    .map((zone) => ({
      value: String(zone),
      label: zone === here ? `${zoneText(zone)}, as here today` : zoneText(zone),
    }));
}
