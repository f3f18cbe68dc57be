import { expect, test } from 'vitest';
import { minutesOf, timeText, zoneText } from './minutesOfDay';

test.each([
  [0, '00:00'],
  [390, '06:30'],
  [1439, '23:59'],
])('minute %i of the day is %s', (minutes, text) => {
  expect(timeText(minutes)).toBe(text);
  expect(minutesOf(text)).toBe(minutes);
});

test.each(['', '6:30', '06.30', '06:30:00'])('"%s" is no time', (text) => {
  expect(minutesOf(text)).toBeUndefined();
});

test.each([
  [0, 'UTC+00:00'],
  [330, 'UTC+05:30'],
  [-90, 'UTC−01:30'],
])('%i minutes east is %s', (minutes, text) => {
  expect(zoneText(minutes)).toBe(text);
});
