import { describe, expect, it } from 'vitest';
import type { Image } from '../api/gallery';
import { zoneOffsets } from '../time/zone';
import {
  chipsOf,
  filterName,
  filterQuery,
  fits,
  isEmpty,
  NO_FILTER,
  offsetsText,
  readFilter,
  writeFilter,
} from './filter';

const rome = zoneOffsets('Europe/Rome');
const utc = () => 0;

describe('a filter in the address', () => {
  it.each([
    '',
    'starred=true',
    'noted=true&tag=codling+moth',
    'group=g1&text=wings&hours=22-4',
    'label=moth&motion=true',
    'camera=a&camera=b&starred=true',
  ])('comes back as it was written: %s', (text) => {
    const filter = readFilter(new URLSearchParams(text));
    const again = new URLSearchParams();
    writeFilter(again, filter);
    expect(readFilter(again)).toEqual(filter);
    expect(isEmpty(filter)).toBe(text === '');
  });

  it('leaves a single camera, the picture and the page alone', () => {
    const params = new URLSearchParams('camera=a&image=i&starred=true');
    expect(readFilter(params).cameras).toEqual([]);
    writeFilter(params, { ...NO_FILTER, tag: 'moth' });
    expect(params.toString()).toBe('camera=a&image=i&tag=moth');
    writeFilter(params, { ...NO_FILTER, cameras: ['b', 'c'] });
    expect(params.getAll('camera')).toEqual(['b', 'c']);
    writeFilter(params, NO_FILTER);
    expect(params.toString()).toBe('image=i');
  });

  it.each(['5', '5-5', '24-5', '5-25', 'a-b', '5-9-10'])('takes no hours like %s', (hours) => {
    expect(readFilter(new URLSearchParams({ hours })).hours).toBeUndefined();
  });

  it('has one name, whatever the order', () => {
    const one = readFilter(new URLSearchParams('tag=a&starred=true'));
    expect(filterName(one)).toBe(filterName(readFilter(new URLSearchParams('starred=true&tag=a'))));
  });
});

describe('what the server is asked', () => {
  it('has only what is chosen', () => {
    expect(filterQuery(undefined, NO_FILTER, utc)).toEqual({});
    expect(filterQuery('a', { ...NO_FILTER, starred: true }, utc)).toEqual({ camera: ['a'], starred: true });
    expect(filterQuery(undefined, { ...NO_FILTER, label: 'moth', motion: true }, utc)).toEqual({
      label: 'moth',
      motion: true,
    });
    expect(filterQuery(undefined, { ...NO_FILTER, cameras: ['a', 'b'] }, utc)).toEqual({
      camera: ['a', 'b'],
    });
    const { hours, offsets } = filterQuery(undefined, { ...NO_FILTER, hours: { from: 5, to: 9 } }, utc);
    expect([hours, offsets]).toEqual(['5-9', `${Date.UTC(2015, 0, 1)}:0`]);
  });

  it('knows when clocks are put forward and back, to the minute', () => {
    const text = offsetsText(rome, Date.UTC(2015, 0, 2));
    expect(text).toBe(
      [
        `${Date.UTC(2015, 0, 1)}:60`,
        `${Date.UTC(2015, 2, 29, 1)}:120`,
        `${Date.UTC(2015, 9, 25, 1)}:60`,
      ].join(','),
    );
    expect(offsetsText(rome, Date.UTC(2044, 0, 1)).split(',').length).toBeLessThanOrEqual(64);
  });
});

describe('a picture that has just come', () => {
  const image = { camera_id: 'a', captured_at: Date.UTC(2026, 6, 1, 4, 30) } as Image;
  it.each([
    [NO_FILTER, true],
    [{ ...NO_FILTER, starred: true }, false],
    [{ ...NO_FILTER, tag: 'moth' }, false],
    [{ ...NO_FILTER, label: 'moth' }, false],
    [{ ...NO_FILTER, motion: true }, false],
    [{ ...NO_FILTER, cameras: ['a', 'b'] }, true],
    [{ ...NO_FILTER, cameras: ['b', 'c'] }, false],
    [{ ...NO_FILTER, hours: { from: 6, to: 7 } }, true],
    [{ ...NO_FILTER, hours: { from: 22, to: 6 } }, false],
    [{ ...NO_FILTER, hours: { from: 22, to: 7 } }, true],
    [{ ...NO_FILTER, group: 'g' }, undefined],
  ])('%o', (filter, belongs) => {
    expect(fits(filter, image, rome)).toBe(belongs);
  });
});

it('is told in chips, each of which can be taken away', () => {
  const filter = readFilter(
    new URLSearchParams(
      'camera=a&camera=b&starred=true&noted=true&tag=moth&text=x&label=bee&motion=true&hours=22-4&group=g',
    ),
  );
  const chips = chipsOf(filter, (id) => `Camera ${id}`, undefined);
  expect(chips.map(({ words }) => words)).toEqual([
    'Camera a',
    'Camera b',
    'One group',
    'Starred',
    'Tag: moth',
    'With a note',
    'Note: “x”',
    'Label: bee',
    'With motion',
    '22:00 to 04:00',
  ]);
  for (const { without } of chips) expect(filterName(without)).not.toBe(filterName(filter));
});
