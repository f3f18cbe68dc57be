import { looksSound } from './look';
import { expect, test } from './test';

const HOUR_MS = 3_600_000;

test('shows who takes the room, and what a rule would remove before it is set', async ({
  server,
  gallery,
}) => {
  const { page } = gallery;
  const [barn, weir] = ['Barn', 'Weir'].map((name) => server.addCamera(name));
  if (!barn || !weir) throw new Error('no cameras');
  for (let i = 0; i < 6; i += 1) await server.uploadFrom(barn, Date.now() - i * HOUR_MS);
  await server.uploadFrom(weir, Date.now());
  await page.goto(`${server.url}/?page=storage`);
  await expect(page.getByText('Too early to say when it will be full')).toBeVisible();
  const rules = page.getByRole('list', { name: 'Rules' });
  await expect(rules).toContainText('Keeps everything');
  await expect(page.getByRole('listitem').filter({ hasText: 'Barn' })).toContainText('6 pictures');
  await expect(page.getByRole('region', { name: 'The trash is empty' })).toContainText('stays for 30 days');
  await looksSound(page, 'storage');

  await page.getByLabel('A rule of its own for').selectOption('Barn');
  const dialog = page.getByRole('dialog', { name: 'What is kept of Barn' });
  await dialog.getByLabel('One a day after (days)').fill('9');
  await expect(dialog.getByText('Say from when on only one picture an hour is kept.')).toBeVisible();
  await dialog.getByLabel('One a day after (days)').fill('');
  await dialog.getByLabel('Number (pictures)').fill('2');
  // What came within the hour is left alone, and this test does not wait for one.
  const sum = { images: 4, bytes: 9_000, oldest: 1, newest: 2 };
  const reasons = { age: 0, thinning: 0, bytes: 0, images: 4 };
  const preview = { complete: true, ...sum, reasons, cameras: [{ id: barn.id, name: 'Barn', ...sum }] };
  await page.route('**/api/v1/retention/preview?*', (route) => route.fulfill({ json: preview }));
  await dialog.getByRole('button', { name: 'Show what would go' }).click();
  await expect(dialog.getByText('4 pictures would go (9.0 KB), from 1 camera.')).toBeVisible();
  await expect(dialog.getByText('4 too many')).toBeVisible();
  await looksSound(page, 'rule');
  await dialog.getByRole('button', { name: 'Set this rule' }).click();
  await expect(dialog).toBeHidden();
  await expect(rules).toContainText('Keeps 2 pictures at most');

  // Back under the common rule, which keeps all; and now the server says so itself.
  await page.unrouteAll();
  await rules.getByRole('button', { name: 'Change the rule of Barn' }).click();
  await dialog.getByLabel('As of all cameras').check();
  await dialog.getByRole('button', { name: 'Show what would go' }).click();
  await expect(dialog.getByText('Nothing would go now.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Set this rule' }).click();
  await expect(rules.getByRole('listitem')).toHaveCount(1);
});

test('says what the trash holds, also to a gallery that is empty because of it', async ({
  server,
  gallery,
}) => {
  const { page } = gallery;
  const [barn, weir] = [server.addCamera('Barn'), server.addCamera('Weir')];
  const thrown = [
    await server.uploadFrom(barn, Date.now()),
    await server.uploadFrom(barn, Date.now() - HOUR_MS),
  ];
  await server.uploadFrom(weir, Date.now());
  await page.goto(server.url);
  await page.evaluate(
    (images) =>
      fetch('/api/v1/trash', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ images }),
      }),
    thrown.map(({ id }) => id),
  );
  await page.goto(`${server.url}/?camera=${barn.id}`);
  await expect(page.getByRole('heading', { name: 'All pictures from Barn are in the trash' })).toBeVisible();
  await looksSound(page, 'all-in-trash');
  await page.goto(`${server.url}/?page=storage`);
  const panel = page.getByRole('region', { name: /^2 pictures in the trash, / });
  await expect(panel).toContainText('30 days after it was thrown away');
  await expect(page.getByText('Everything else').locator('..').locator('..')).toContainText('Trash');
  await looksSound(page, 'storage-with-trash');
  await panel.getByRole('link', { name: 'Look into the trash' }).click();
  await page.getByRole('button', { name: 'Restore all' }).click();
  await page.goto(`${server.url}/?camera=${barn.id}`);
  await expect(gallery.pictures).toHaveCount(2);
});
