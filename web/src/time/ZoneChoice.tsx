import { useMemo } from 'react';
import { Choice } from '../ui/Choice';
import { zonesWith } from './cameraZone';

interface Props {
  zone: string;
  onChange: (zone: string) => void;
}

/** By which clock times are told. */
export function ZoneChoice({ zone, onChange }: Props) {
  const options = useMemo(
    () => zonesWith(zone).map((value) => ({ value, label: value.replaceAll('_', ' ') })),
    [zone],
  );
  return <Choice label="Time zone of the camera" value={zone} options={options} onChange={onChange} />;
}
