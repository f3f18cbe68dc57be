// What moved in a picture and what was found there, for people. Pure.
import type { ImageDetail } from '../api/gallery';
import type { Row } from '../lightbox/facts';
import { isolated } from '../ui/isolated';
import { percentWords } from './boxes';

export function foundRows({ image, detections }: Pick<ImageDetail, 'image' | 'detections'>): Row[] {
  const rows: Row[] = [];
  if (image.motion !== undefined) rows.push({ name: 'Motion', value: motionWords(image.motion) });
  for (const label of new Set(detections.map((one) => one.label))) {
    const found = detections.filter((one) => one.label === label);
    const sources = [...new Set(found.map(({ source }) => source))].map((source) => {
      const scores = found.filter((one) => one.source === source).map(({ score }) => percentWords(score));
      return `${scores.join(', ')} by ${isolated(source)}`;
    });
    rows.push({ name: isolated(label), value: sources.join('; ') });
  }
  return rows;
}

function motionWords(share: number): string {
  return share === 0
    ? 'None since the picture before'
    : `${percentWords(share)} changed since the picture before`;
}
