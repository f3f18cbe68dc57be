import { useMutation } from '@tanstack/react-query';
import { Download, RotateCcw, RotateCw } from 'lucide-react';
import { useId } from 'react';
import type { Image } from '../api/gallery';
import { usePicturePlaces } from '../gallery/places';
import { Button } from '../ui/Button';
import { Problem } from '../ui/Problem';
import { Range } from '../ui/Range';
import { saveBlob } from '../ui/saveFile';
import {
  areAsTaken,
  AS_TAKEN,
  TONE_MAX,
  TONE_MIN,
  TONES,
  turned,
  type Adjustments,
  type Tone,
} from './adjustments';
import styles from './AdjustPanel.module.css';
import { Aside } from './Aside';
import { adjustedCopy, adjustedName } from './saveAs';

const NAMES: Record<Tone, string> = {
  brightness: 'Brightness',
  contrast: 'Contrast',
  saturation: 'Saturation',
};

interface Props {
  image: Image;
  cameraName: string;
  adjustments: Adjustments;
  onChange: (adjustments: Adjustments) => void;
  onClose: () => void;
}

/** How the pictures of this camera are looked at. */
export function AdjustPanel({ image, cameraName, adjustments, onChange, onClose }: Props) {
  const places = usePicturePlaces();
  const copy = useMutation({
    mutationFn: () => adjustedCopy(places.original(image), adjustments),
    onSuccess: (bytes) => saveBlob(adjustedName(image), bytes),
    networkMode: 'always',
  });
  return (
    <Aside title="Adjust" onClose={onClose}>
      <p className={styles.lead}>
        Every picture of <bdi>{cameraName}</bdi> is shown like this in this browser. The pictures themselves
        stay as they are.
      </p>
      {TONES.map((tone) => (
        <Slider
          key={tone}
          name={NAMES[tone]}
          value={adjustments[tone]}
          onChange={(value) => onChange({ ...adjustments, [tone]: value })}
        />
      ))}
      <div className={styles.buttons}>
        <Button icon={RotateCw} onClick={() => onChange(turned(adjustments))}>
          Turn
        </Button>
        <Button icon={RotateCcw} disabled={areAsTaken(adjustments)} onClick={() => onChange(AS_TAKEN)}>
          As taken
        </Button>
        <Button icon={Download} busy={copy.isPending} onClick={() => copy.mutate()}>
          Save a copy
        </Button>
      </div>
      <Problem error={copy.error} />
    </Aside>
  );
}

function Slider({
  name,
  value,
  onChange,
}: {
  name: string;
  value: number;
  onChange: (value: number) => void;
}) {
  const id = useId();
  return (
    <div className={styles.slider}>
      <label htmlFor={id}>{name}</label>
      <output htmlFor={id}>{value} %</output>
      <Range id={id} min={TONE_MIN} max={TONE_MAX} step={5} value={value} onChange={onChange} />
    </div>
  );
}
