import { expect, test } from 'vitest';
import { readable, type Labelled } from './labels';

/** A mark around this point, with its name, of so many pixels, below. */
function at(x: number, y: number, width = 80): Labelled {
  return {
    mark: { left: x - 22, right: x + 22, top: y - 22, bottom: y + 22 },
    label: { left: x - width / 2, right: x + width / 2, top: y + 26, bottom: y + 46 },
  };
}

test.each<[what: string, all: Labelled[], seen: boolean[]]>([
  ['nobody', [], []],
  ['one', [at(0, 0)], [true]],
  ['apart', [at(0, 0), at(200, 0)], [true, true]],
  ['side by side', [at(0, 0), at(60, 0)], [true, false]],
  ['side by side, with short names', [at(0, 0, 50), at(60, 0, 50)], [true, true]],
  ['one above the other', [at(0, 0), at(0, 60)], [false, true]],
  ['what is hidden takes no room', [at(0, 0), at(60, 0), at(120, 0)], [true, false, true]],
])('%s', (_, all, seen) => {
  expect(readable(all)).toEqual(seen);
});
