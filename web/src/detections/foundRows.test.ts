import { expect, it } from 'vitest';
import type { Detection, Image } from '../api/gallery';
import { isolated } from '../ui/isolated';
import { foundRows } from './foundRows';

const told = (motion: number | undefined, ...detections: Detection[]) =>
  foundRows({ image: (motion === undefined ? {} : { motion }) as Image, detections });

const found = (source: string, label: string, score: number): Detection => ({
  source,
  label,
  score,
  box: null,
});

it.each([
  [0, 'None since the picture before'],
  [0.004, '0.4 % changed since the picture before'],
  [0.25, '25 % changed since the picture before'],
])('tells motion of %d', (motion, words) => {
  expect(told(motion)).toEqual([{ name: 'Motion', value: words }]);
});

it('says nothing where nothing is known', () => {
  expect(told(undefined)).toEqual([]);
});

it('has a row for a label, whoever found it how often', () => {
  const rows = told(
    undefined,
    found('trap', 'moth', 0.5),
    found('yolo', 'moth', 0.9),
    found('yolo', 'leaf', 1),
    found('yolo', 'moth', 0.7),
  );
  expect(rows).toEqual([
    { name: isolated('moth'), value: `50 % by ${isolated('trap')}; 90 %, 70 % by ${isolated('yolo')}` },
    { name: isolated('leaf'), value: `100 % by ${isolated('yolo')}` },
  ]);
});
