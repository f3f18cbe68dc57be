import { Pause, Play, Repeat, SkipBack, SkipForward } from 'lucide-react';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { Image } from '../api/gallery';
import { clockWords } from '../time/words';
import { zoneOffsets } from '../time/zone';
import { Choice } from '../ui/Choice';
import { IconButton } from '../ui/IconButton';
import { isolated } from '../ui/isolated';
import { isTyping } from '../ui/isTyping';
import { Range } from '../ui/Range';
import { useKept } from '../ui/useKept';
import { QUALITIES, type Quality } from './decode';
import styles from './Player.module.css';
import { skippedWords, SPEEDS, USUAL_SPEED } from './player';
import { usePlayer, type PlayerState } from './usePlayer';

const QUALITY_KEY = 'heliograph.film.quality';
const ALL_QUALITIES = QUALITIES.map(({ value }) => value);
const SPEED_OPTIONS = SPEEDS.map((speed) => ({ value: String(speed), label: `${speed} a second` }));

interface Props {
  /** In order of time; at least one. */
  images: readonly Image[];
  name: string;
  zone: string;
}

/** A film of pictures, and what moves through it. */
export function Player({ images, name, zone }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [speed, setSpeed] = useState(String(USUAL_SPEED));
  const [loop, setLoop] = useState(false);
  const [quality, setQuality] = useKept<Quality>(QUALITY_KEY, ALL_QUALITIES, 'original');
  const { state, go, toggle, pause } = usePlayer(canvas, images, { speed: Number(speed), loop, quality });
  const { index, playing } = state;
  const clock = useMemo(() => clockWords(zoneOffsets(zone)), [zone]);
  const image = images[index];
  const step = (by: number) => {
    pause();
    go(index + by);
  };

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.target instanceof HTMLButtonElement;
    if (event.key === ' ' && !onButton) toggle();
    else if (event.key === 'ArrowLeft') step(-1);
    else if (event.key === 'ArrowRight') step(1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(images.length - 1);
    else if (event.key.toLowerCase() === 'l') setLoop(!loop);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);

  return (
    <section className={styles.player} aria-label="Film">
      <div className={styles.screen} data-picture>
        <div
          role="img"
          className={styles.picture}
          aria-label={image && `${isolated(name)}, ${clock.full(image.captured_at)}`}
        >
          <canvas ref={canvas} className={styles.picture} />
        </div>
        <p className={styles.told}>{image && clock.full(image.captured_at)}</p>
      </div>
      <Range
        aria-label="Place in the film"
        aria-valuetext={image && clock.full(image.captured_at)}
        min={0}
        max={images.length - 1}
        value={index}
        onChange={(place) => {
          pause();
          go(place);
        }}
      />
      <div className={styles.controls}>
        <IconButton icon={SkipBack} label="One picture back" onClick={() => step(-1)} />
        <IconButton icon={playing ? Pause : Play} label={playing ? 'Pause' : 'Play'} onClick={toggle} />
        <IconButton icon={SkipForward} label="One picture on" onClick={() => step(1)} />
        <IconButton
          icon={Repeat}
          label="Begin again at the end"
          pressed={loop}
          onClick={() => setLoop(!loop)}
        />
        <span className={styles.place}>
          {index + 1} of {images.length}
        </span>
        <span className={styles.choices}>
          <Choice label="Speed" beside="bar" value={speed} options={SPEED_OPTIONS} onChange={setSpeed} />
          <Choice label="Pictures" beside="bar" value={quality} options={QUALITIES} onChange={setQuality} />
        </span>
      </div>
      <p className={styles.honest} role="status">
        {honestWords(state)}
      </p>
    </section>
  );
}

function honestWords({ waiting, failed, playing, skipped }: PlayerState): string {
  if (failed && !playing) return 'This picture could not be loaded.';
  if (waiting) return 'Waiting for the picture …';
  return skippedWords(skipped);
}
