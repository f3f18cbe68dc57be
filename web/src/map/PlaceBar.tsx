import { useState } from 'react';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { Form, FormButtons } from '../ui/Form';
import { isolated } from '../ui/isolated';
import { Problem } from '../ui/Problem';
import styles from './MapPage.module.css';
import { degreesWords, readDegrees, type Spot } from './placing';

interface Props {
  name: string;
  spot: Spot | undefined;
  /** Somebody has put it there before: it may be let go. */
  byHand: boolean;
  busy: boolean;
  error: Error | null;
  onMove: (spot: Spot) => void;
  onSave: () => void;
  onClear: () => void;
  onCancel: () => void;
}

/** Puts one camera on the map: by the pin, or by numbers. */
export function PlaceBar({ name, spot, byHand, busy, error, onMove, onSave, onClear, onCancel }: Props) {
  return (
    <section className={styles.placing} aria-label={`Place ${isolated(name)}`}>
      <Form onSubmit={onSave}>
        <p>
          Drag the pin to where <strong>{name}</strong> stands, press the map there, or type the place.
        </p>
        <div className={styles.degrees}>
          {(['lat', 'lon'] as const).map((of) => (
            <Degrees key={of} of={of} spot={spot} onMove={onMove} />
          ))}
        </div>
        <Problem error={error} />
        <FormButtons>
          {byHand && (
            <Button busy={busy} onClick={onClear}>
              Let the camera tell
            </Button>
          )}
          <Button onClick={onCancel}>Cancel</Button>
          <Button type="submit" look="primary" disabled={busy || spot === undefined}>
            It stands here
          </Button>
        </FormButtons>
      </Form>
    </section>
  );
}

const LABEL = { lat: 'Latitude', lon: 'Longitude' } as const;

/** What is typed moves the pin, and the pin writes what it stands on; half a number is left as it is. */
function Degrees({ of, spot, onMove }: { of: keyof Spot } & Pick<Props, 'spot' | 'onMove'>) {
  const [typed, setTyped] = useState<string>();
  const text = typed ?? (spot ? degreesWords(spot[of]) : '');
  const wrong = typed !== undefined && readDegrees(typed, of) === undefined;
  return (
    <Field
      label={LABEL[of]}
      value={text}
      inputMode="decimal"
      autoComplete="off"
      aria-invalid={wrong}
      hint={wrong ? `Degrees, ${of === 'lat' ? '-90 to 90' : '-180 to 180'}` : undefined}
      onChange={({ target: { value } }) => {
        setTyped(value);
        const degrees = readDegrees(value, of);
        if (degrees !== undefined && spot) onMove({ ...spot, [of]: degrees });
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}
