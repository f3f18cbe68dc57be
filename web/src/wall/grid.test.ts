import { describe, expect, test } from 'vitest';
import { gridFor, pagesOf, USUAL_RATIO, type Room } from './grid';

const SCREEN: Room = { width: 1920, height: 1080 };
const PHONE: Room = { width: 390, height: 844 };
const usual = (count: number) => Array.from({ length: count }, () => USUAL_RATIO);

test.each<[what: string, room: Room, count: number, most: number | undefined, columns: number, rows: number]>(
  [
    ['nobody', SCREEN, 0, undefined, 1, 1],
    ['one has the screen', SCREEN, 1, undefined, 1, 1],
    ['two', SCREEN, 2, undefined, 2, 1],
    ['four', SCREEN, 4, undefined, 2, 2],
    ['seven', SCREEN, 7, undefined, 3, 3],
    ['a dozen', SCREEN, 12, undefined, 4, 3],
    ['more than can be seen', SCREEN, 300, undefined, 6, 4],
    ['as somebody wants it', SCREEN, 300, 4, 2, 2],
    ['however small', PHONE, 300, 16, 2, 8],
    ['on a phone', PHONE, 300, undefined, 2, 6],
  ],
)('%s', (_, room, count, most, columns, rows) => {
  expect(gridFor(room, usual(count), most)).toEqual({ columns, rows });
});

describe('the shape of the pictures decides', () => {
  const [WIDE, TALL, SQUARE] = [16 / 5, 3 / 4, 1];
  test.each<[what: string, room: Room, ratios: number[], columns: number, rows: number]>([
    ['wide ones lie on each other', SCREEN, [WIDE, WIDE], 1, 2],
    ['tall ones stand side by side', SCREEN, [TALL, TALL, TALL], 3, 1],
    ['tall ones on a phone', PHONE, [TALL, TALL], 1, 2],
    ['square ones', SCREEN, [SQUARE, SQUARE, SQUARE, SQUARE, SQUARE, SQUARE], 3, 2],
    ['one tall among usual ones', SCREEN, [...usual(3), TALL], 2, 2],
  ])('%s', (_, room, ratios, columns, rows) => {
    expect(gridFor(room, ratios, undefined)).toEqual({ columns, rows });
  });
});

test('pages hold everybody once, in order', () => {
  expect(pagesOf([1, 2, 3, 4, 5], { columns: 2, rows: 1 })).toEqual([[1, 2], [3, 4], [5]]);
  expect(pagesOf([], { columns: 2, rows: 1 })).toEqual([[]]);
});
