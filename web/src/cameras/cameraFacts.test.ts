import { expect, test } from 'vitest';
import { cameraFacts } from './cameraFacts';

const camera = {
  id: '06fk2r8m0q3zt',
  name: 'North',
  created_at: 0,
  plain_http: false,
  may_roam: false,
  suspect_at: null,
  image_count: 0,
  presence: 'unknown' as const,
  heard_at: null,
  due_at: null,
  last_image: null,
};

test('a camera that is as it should be has one line', () => {
  expect(cameraFacts(camera)).toEqual(['0 pictures · none yet']);
  expect(cameraFacts({ ...camera, image_count: 1 })[0]).toMatch(/^1 picture ·/);
});

test('what its key may be used for is said, and that it is in doubt', () => {
  expect(cameraFacts({ ...camera, plain_http: true, may_roam: true })[1]).toBe(
    'may send its key without TLS · may send from several places',
  );
  expect(cameraFacts({ ...camera, suspect_at: 1_795_348_800_000 })[1]).toContain('two places');
});
