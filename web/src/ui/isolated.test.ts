import { expect, test } from 'vitest';
import { isolated } from './isolated';

test.each(['North orchard', 'Weinberg Süd', '果樹園', '🐝', '<b>', ''])('%s is left as it is', (name) => {
  expect(isolated(name)).toBe(name);
});

test.each(['بستان', 'מטע 3', 'orchard \u202Egpj.', '\u{1E900}'])('%s is kept apart', (name) => {
  expect(isolated(name)).toBe(`\u2068${name}\u2069`);
});
