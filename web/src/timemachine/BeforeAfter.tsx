import { useState } from 'react';
import type { Image } from '../api/gallery';
import styles from './BeforeAfter.module.css';
import { Original } from './Original';
import { Stage } from './Stage';
import { transformOf, type ZoomView } from './zoomView';

interface Props {
  left: Image;
  right: Image;
  wordsOf: (image: Image) => string;
  view: ZoomView;
  onView: (next: (view: ZoomView) => ZoomView) => void;
}

/** One picture over the other, with an edge between them that is moved. */
export function BeforeAfter({ left, right, wordsOf, view, onView }: Props) {
  const [edge, setEdge] = useState(50);
  // The thumb of a slider does not reach beyond its ends: half of it is missing on each side.
  const at = `calc(var(--thumb) / 2 + (100% - var(--thumb)) * ${edge / 100})`;
  return (
    <Stage
      label={`${wordsOf(left)}, and ${wordsOf(right)}`}
      picture={left}
      view={view}
      onView={onView}
      over={
        <div className={styles.over}>
          <div className={styles.right} style={{ clipPath: `inset(0 0 0 ${at})` }}>
            <div className={styles.seen} style={{ transform: transformOf(view) }}>
              <Original key={right.id} image={right} alt={wordsOf(right)} />
            </div>
          </div>
          <p className={styles.leftWords}>{wordsOf(left)}</p>
          <p className={styles.rightWords}>{wordsOf(right)}</p>
          <input
            className={styles.edge}
            type="range"
            aria-label="Edge between the pictures"
            aria-valuetext={`${edge} % of the left one`}
            min={0}
            max={100}
            step={0.5}
            value={edge}
            onChange={(event) => setEdge(Number(event.target.value))}
          />
        </div>
      }
    >
      <Original key={left.id} image={left} alt={wordsOf(left)} />
    </Stage>
  );
}
