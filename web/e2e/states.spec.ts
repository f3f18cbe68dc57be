import { signIn } from './entrance';
import { looksSound } from './look';
import { expect, test } from './test';

test.use({ login: true });

// What each page shows while there is nothing; those that are about something else show their panels.
const EMPTY = [
  ['fleet', 'There is no camera yet.'],
  ['map', 'There is no camera yet.'],
  ['time', 'There is no camera yet.'],
  ['trash', 'The trash is empty.'],
  ['cameras', 'There is no camera yet.'],
  ['shares', 'Nothing is shared.'],
  ['alerts', 'Nothing needs anybody.'],
  ['firmware', 'There is no release yet.'],
  ['wall', 'There is no camera to show.'],
] as const;

// What asks the server for something of its own.
const FAILING = [
  'fleet',
  'map',
  'time',
  'trash',
  'cameras',
  'shares',
  'alerts',
  'firmware',
  'storage',
] as const;

test('every page says in the same way that there is nothing yet', async ({ server, gallery, owner }) => {
  const { page } = gallery;
  await owner.get('/api/v1/session');
  await signIn(page, server.url, 'owner');
  for (const [name, words] of EMPTY) {
    await page.goto(`${server.url}/?page=${name}`);
    await expect(page.getByText(words).first(), name).toBeVisible();
    if (name === 'fleet' || name === 'trash') await looksSound(page, `empty-${name}`);
  }
});

test('every page says in the same way that the server fails, and tries again', async ({
  server,
  gallery,
  owner,
}) => {
  const { page } = gallery;
  await owner.get('/api/v1/session');
  await signIn(page, server.url, 'owner');
  await page.route(/\/api\/v1\/(?!session)/, (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: '{"detail": "the disk is gone"}',
    }),
  );
  for (const name of FAILING) {
    await page.goto(`${server.url}/?page=${name}`);
    await expect(
      page.getByRole('alert').filter({ hasText: 'The disk is gone.' }).first(),
      name,
    ).toBeVisible();
    await expect(page.getByRole('button', { name: 'Try again' }).first(), name).toBeVisible();
  }
  await looksSound(page, 'failing');
});
