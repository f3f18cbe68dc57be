import { describe, expect, it } from 'vitest';
import { areAsTaken, AS_TAKEN, filterOf, readAdjustments, turned, turnedSize } from './adjustments';

describe('adjustments', () => {
  it.each([
    [AS_TAKEN, 'none'],
    [{ ...AS_TAKEN, brightness: 150 }, 'brightness(150%)'],
    [
      { turns: 1, brightness: 0, contrast: 120, saturation: 300 },
      'brightness(0%) contrast(120%) saturate(300%)',
    ],
  ])('%o are the filter %s', (adjustments, filter) => {
    expect(filterOf(adjustments)).toBe(filter);
  });

  it('turns four times around', () => {
    let now = AS_TAKEN;
    const turns = Array.from({ length: 5 }, () => (now = turned(now)).turns);
    expect(turns).toEqual([1, 2, 3, 0, 1]);
    expect(areAsTaken(now)).toBe(false);
    expect(areAsTaken(AS_TAKEN)).toBe(true);
    expect(turnedSize({ width: 4, height: 3 }, 2)).toEqual({ width: 4, height: 3 });
    expect(turnedSize({ width: 4, height: 3 }, 3)).toEqual({ width: 3, height: 4 });
  });

  it('reads what it wrote', () => {
    const adjustments = { turns: 3, brightness: 80, contrast: 110, saturation: 0 };
    expect(readAdjustments(JSON.stringify(adjustments))).toEqual(adjustments);
  });

  it.each([
    undefined,
    '',
    'null',
    '7',
    '{"turns":4}',
    '{"turns":1.5}',
    '{"turns":"1"}',
    '{"brightness":null}',
    '{"contrast":301}',
    '{"saturation":-1}',
  ])('takes %s for as taken', (text) => {
    expect(readAdjustments(text)).toEqual(AS_TAKEN);
  });
});
