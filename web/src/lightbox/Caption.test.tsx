// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { ImageDetail, Telemetry } from '../api/gallery';
import { clockWords } from '../time/words';
import { zoneOffsets } from '../time/zone';
import { VisitProvider, type Visit } from '../session/visit';
import { Caption } from './Caption';

const IMAGE = {
  id: '06fk2r8m0q3zt',
  camera_id: '06fk2r8m0q3zs',
  filename: 'a.jpg',
  captured_at: Date.parse('2026-11-22T15:01:02Z'),
  received_at: 0,
  width: 1600,
  height: 1200,
  size_bytes: 84_210,
  starred: false,
  salvaged: false,
};

const VISIT: Visit = {
  login: false,
  person: { id: '06fk2r8m0q3zu', name: 'anybody', role: 'viewer', cameras: [] } as unknown as Visit['person'],
  openid: null,
  returned: undefined,
  recheck: () => undefined,
};

function show(telemetry: Telemetry | null) {
  const queries = new QueryClient();
  const detail: ImageDetail = {
    image: IMAGE,
    sha256: '0'.repeat(64),
    boot: null,
    sequence: null,
    telemetry,
    tags: [],
    note: '',
    detections: [],
  };
  queries.setQueryData(['image', IMAGE.id], detail);
  render(
    <QueryClientProvider client={queries}>
      <VisitProvider value={VISIT}>
        <Caption image={IMAGE} cameraName="North orchard" clock={clockWords(zoneOffsets('Europe/Rome'))} />
      </VisitProvider>
    </QueryClientProvider>,
  );
}

const facts = () => screen.getAllByRole('definition').map((fact) => fact.textContent);

it('says whose it is, when and how large', () => {
  show(null);
  expect(screen.getByText('North orchard')).toBeTruthy();
  expect(screen.getByText('Sunday 22 November 2026, 16:01:02')).toBeTruthy();
  expect(facts()).toEqual(['1600 × 1200', '84 KB']);
});

it('adds how the camera was', () => {
  show({ battery_mv: 3912, lat_e7: 450_703_000, lon_e7: 76_869_000 });
  expect(facts()).toEqual(['3.91 V', '45.07030, 7.68690', '1600 × 1200', '84 KB']);
  const place = screen.getByRole('link', { name: '45.07030, 7.68690' });
  expect(place.getAttribute('rel')).toBe('noreferrer');
});
