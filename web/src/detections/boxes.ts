// Where programs found something in a picture, as it is drawn over it. Pure.
import type { Detection } from '../api/gallery';

/** Shares of the picture's width and height, from its left upper corner. */
export type Box = NonNullable<Detection['box']>;

export interface DrawnBox {
  readonly key: string;
  readonly box: Box;
  readonly words: string;
  /** There is no room for its words above it. */
  readonly atTop: boolean;
  /** Nor behind its left edge. */
  readonly atEnd: boolean;
}

// Words need so much of a picture that is as high and as wide as a screen.
const WORDS_HEIGHT = 0.05;
const WORDS_WIDTH = 0.25;

/** The same place on the picture after so many quarter turns, clockwise. */
export function turnedBox({ x, y, width, height }: Box, turns: number): Box {
  switch (((turns % 4) + 4) % 4) {
    case 1:
      return { x: 1 - y - height, y: x, width: height, height: width };
    case 2:
      return { x: 1 - x - width, y: 1 - y - height, width, height };
    case 3:
      return { x: y, y: 1 - x - width, width: height, height: width };
    default:
      return { x, y, width, height };
  }
}

/** What has a place, the largest first: what is small lies over it, and can be read. */
export function drawnBoxes(detections: readonly Detection[], turns: number): DrawnBox[] {
  const drawn: DrawnBox[] = [];
  for (const [number, { box, label, score }] of detections.entries()) {
    if (box === null) continue;
    const turned = turnedBox(box, turns);
    const words = `${label} ${percentWords(score)}`;
    drawn.push({
      key: `${number} ${label}`,
      box: turned,
      words,
      atTop: turned.y < WORDS_HEIGHT,
      atEnd: turned.x > 1 - WORDS_WIDTH,
    });
  }
  const area = ({ box }: DrawnBox) => box.width * box.height;
  return drawn.sort((one, other) => area(other) - area(one));
}

/** "87 %"; of less than one, one digit more. */
export function percentWords(share: number): string {
  const percent = share * 100;
  const digits = percent > 0 && percent < 1 ? 1 : 0;
  return `${percent.toFixed(digits)} %`;
}
