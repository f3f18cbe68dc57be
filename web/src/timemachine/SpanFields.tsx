import type { ReactNode } from 'react';
import type { Camera } from '../api/gallery';
import { ZoneChoice } from '../time/ZoneChoice';
import { Choice } from '../ui/Choice';
import { Field } from '../ui/Field';
import type { TimeParams } from './address';
import { dayText, MAX_DAYS } from './days';
import styles from './SpanFields.module.css';
import type { Span } from './useSpan';

interface Props {
  span: Span;
  cameras: readonly Camera[];
  onChange: (change: TimeParams) => void;
  /** What else is chosen. */
  children?: ReactNode;
}

/** Which camera, which days, and by which clock. */
export function SpanFields({ span, cameras, onChange, children }: Props) {
  const { camera, zone, first, last, cut, keepZone } = span;
  return (
    <div className={styles.fields}>
      <Choice
        label="Camera"
        value={camera?.id ?? ''}
        options={[
          ...(camera ? [] : [{ value: '', label: 'Choose one', unset: true }]),
          ...cameras.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        // By whose clock is another question for another camera.
        onChange={(chosen) => onChange({ camera: chosen, zone: undefined, moments: undefined })}
      />
      <Field
        label="From"
        type="date"
        value={dayText(first)}
        hint={cut ? `The last ${MAX_DAYS} days of what was asked for` : undefined}
        onChange={(event) => onChange({ from: event.target.value, moments: undefined })}
      />
      <Field
        label="To"
        type="date"
        value={dayText(last)}
        onChange={(event) => onChange({ to: event.target.value, moments: undefined })}
      />
      {children}
      <ZoneChoice
        zone={zone}
        onChange={(chosen) => {
          keepZone(chosen);
          onChange({ zone: chosen });
        }}
      />
    </div>
  );
}
