import { describe, expect, it } from 'vitest';
import type { Image } from '../api/gallery';
import { between, MAX_SELECTED, NOTHING_SELECTED, toggled, withAll, withoutAll } from './selection';

const image = (id: string, captured_at = Number(id)) => ({ id, captured_at }) as Image;
const ids = (selection: ReadonlyMap<string, Image>) => [...selection.keys()];

describe('a selection', () => {
  it('takes a picture in and lets go of it', () => {
    const one = toggled(NOTHING_SELECTED, image('1'));
    expect(ids(toggled(one, image('2')))).toEqual(['1', '2']);
    expect(ids(toggled(one, image('1')))).toEqual([]);
    expect(ids(NOTHING_SELECTED)).toEqual([]);
  });

  it('holds no more than it may', () => {
    const many = Array.from({ length: MAX_SELECTED + 5 }, (_, i) => image(String(i)));
    const full = withAll(NOTHING_SELECTED, many);
    expect(full.size).toBe(MAX_SELECTED);
    expect(toggled(full, image('one more')).size).toBe(MAX_SELECTED);
    expect(toggled(full, image('7')).size).toBe(MAX_SELECTED - 1);
    expect(withoutAll(full, ['0', '1', 'nobody']).size).toBe(MAX_SELECTED - 2);
  });

  it('has a range with both ends, in either direction, by time and then by id', () => {
    const images = [image('9'), image('5b', 5), image('5a', 5), image('3'), image('1')];
    const range = (a: Image, b: Image) => between(images, a, b).map(({ id }) => id);
    expect(range(image('5b', 5), image('3'))).toEqual(['5b', '5a', '3']);
    expect(range(image('3'), image('5a', 5))).toEqual(['5a', '3']);
    expect(range(image('9'), image('9'))).toEqual(['9']);
  });
});
