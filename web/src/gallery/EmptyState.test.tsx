// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { EmptyState } from './EmptyState';

const ORCHARD = {
  id: '06fk2r8m0q3zt',
  name: 'North orchard',
  created_at: 0,
  image_count: 0,
  presence: 'unknown' as const,
  heard_at: null,
  due_at: null,
  plain_http: false,
  may_roam: false,
  suspect_at: null,
  last_image: null,
};

it('teaches both steps to who has nothing', () => {
  render(<EmptyState cameras={[]} camera={undefined} teach trashed={0} />);
  expect(screen.getByText(/^heliograph camera add/)).toBeTruthy();
  expect(screen.getByText(/^curl .*\/upload$/s)).toBeTruthy();
});

it('leaves out what is done', () => {
  render(<EmptyState cameras={[ORCHARD]} camera={undefined} teach trashed={0} />);
  expect(screen.getByRole('heading', { name: 'Waiting for the first picture' })).toBeTruthy();
  expect(screen.queryByText(/camera add/)).toBeNull();
});

it('teaches nothing to who cannot add a camera', () => {
  render(<EmptyState cameras={[ORCHARD]} camera={undefined} teach={false} trashed={0} />);
  expect(screen.getByRole('heading', { name: 'Waiting for the first picture' })).toBeTruthy();
  expect(screen.queryByText(/curl/)).toBeNull();
});

it('names the camera that is looked at', () => {
  render(<EmptyState cameras={[ORCHARD]} camera={ORCHARD.id} teach trashed={0} />);
  expect(screen.getByRole('heading', { name: 'No pictures from North orchard yet' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Show all cameras' }).getAttribute('href')).toBe('/');
});

it('knows when a link leads to no camera', () => {
  render(<EmptyState cameras={[ORCHARD]} camera="7zzzzzzzzzzzz" teach trashed={0} />);
  expect(screen.getByRole('heading', { name: 'There is no such camera' })).toBeTruthy();
});

it('says that all are in the trash, and leads there', () => {
  const { rerender } = render(<EmptyState cameras={[ORCHARD]} camera={undefined} teach trashed={3} />);
  expect(screen.getByRole('heading', { name: 'All pictures are in the trash' })).toBeTruthy();
  expect(screen.getByText(/^3 pictures can be restored/)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Look into the trash' }).getAttribute('href')).toBe('/?page=trash');
  expect(screen.queryByText(/curl/)).toBeNull();
  rerender(<EmptyState cameras={[ORCHARD]} camera={ORCHARD.id} teach trashed={3} />);
  expect(
    screen.getByRole('heading', { name: 'All pictures from North orchard are in the trash' }),
  ).toBeTruthy();
});
