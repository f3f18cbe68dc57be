import type { CSSProperties } from 'react';
import type { DrawnBox } from './boxes';
import styles from './BoxLayer.module.css';

interface Props {
  boxes: readonly DrawnBox[];
  /** How much larger the picture is drawn: lines and words are not. */
  zoom: number;
}

const percent = (share: number) => `${share * 100}%`;

/** What was found in the picture, over it. It takes no clicks. */
export function BoxLayer({ boxes, zoom }: Props) {
  return (
    <ul
      className={styles.layer}
      aria-label="Found in the picture"
      style={{ '--zoom': zoom } as CSSProperties}
    >
      {boxes.map(({ key, box, words, atTop, atEnd }) => (
        <li
          key={key}
          className={styles.box}
          style={{
            left: percent(box.x),
            top: percent(box.y),
            width: percent(box.width),
            height: percent(box.height),
          }}
        >
          <bdi className={styles.words} data-inside={atTop} data-end={atEnd}>
            {words}
          </bdi>
        </li>
      ))}
    </ul>
  );
}
