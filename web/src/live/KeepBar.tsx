import { useMutation } from '@tanstack/react-query';
import { ImageDown } from 'lucide-react';
import { useState } from 'react';
import { keepLivePicture } from '../api/live';
import { Button } from '../ui/Button';
import { Choice } from '../ui/Choice';
import { Problem } from '../ui/Problem';
import styles from './KeepBar.module.css';
import { keptWords } from './keptWords';
import type { LiveView } from './view';

interface Props {
  camera: string;
  view: LiveView;
  onEvery: (seconds: number) => void;
}

const INTERVALS = [
  { value: '0', label: 'None by itself' },
  { value: '5', label: 'One every 5 seconds' },
  { value: '30', label: 'One every 30 seconds' },
  { value: '300', label: 'One every 5 minutes' },
] as const;

/** Stores what somebody sees: this picture, or one every while for as long as they watch. */
export function KeepBar({ camera, view, onEvery }: Props) {
  const [every, setEvery] = useState<string>('0');
  const keep = useMutation({ mutationFn: (frame: string) => keepLivePicture(camera, frame) });
  const { shown } = view;
  return (
    <section className={styles.bar} aria-label="Keep pictures">
      <Button
        icon={ImageDown}
        disabled={shown === undefined || keep.isPending}
        onClick={() => {
          if (shown !== undefined) keep.mutate(shown);
        }}
      >
        Keep this picture
      </Button>
      <Choice
        beside="bar"
        label="Keep"
        value={every}
        options={INTERVALS}
        onChange={(seconds) => {
          setEvery(seconds);
          onEvery(Number(seconds));
        }}
      />
      <p className={styles.words} role="status">
        {keptWords(keep.data, view)}
      </p>
      <Problem error={keep.error} />
    </section>
  );
}
