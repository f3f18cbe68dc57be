// @vitest-environment jsdom
import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Bars } from './Bars';

const shapes = (shares: number[]) => {
  const { container } = render(<Bars shares={shares} barWidth={3} height={20} />);
  return [...container.querySelectorAll('path')].map((path) => path.getAttribute('d'));
};

it('draws a dash for none, and few as high as can be seen', () => {
  expect(shapes([0, 1, 0.01])).toEqual(['M0 18.5v1.5h3v-1.5z', 'M5 0v20h3v-20zM10 17v3h3v-3z']);
});

it('draws nothing of nothing', () => {
  expect(shapes([])).toEqual(['', '']);
});
