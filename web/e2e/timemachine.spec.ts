import { looksSound } from './look';
import { expect, test } from './test';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
// Summer time ends in Rome on the 27th: noon there is 10:00 UTC before, and 11:00 after.
const NOON_BEFORE = Date.parse('2024-10-26T10:00:00Z');
const RANGE = 'from=2024-10-24&to=2024-10-30';

test('steps through the same hour of every day, with its gaps', async ({ server, gallery }) => {
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  const noons = [-2, -1, 0].map((day) => NOON_BEFORE + day * DAY_MS);
  // Nothing on the 27th; an hour later by UTC on the 28th and the 29th; an afternoon on the 30th.
  noons.push(...[2, 3].map((day) => NOON_BEFORE + 60 * MINUTE_MS + day * DAY_MS));
  for (const noon of noons) {
    await server.uploadFrom(camera, noon + 3 * MINUTE_MS);
    await server.uploadFrom(camera, noon + 40 * MINUTE_MS);
  }
  await server.uploadFrom(camera, NOON_BEFORE + 4 * DAY_MS + 4 * 60 * MINUTE_MS);
  await page.goto(`${server.url}/?page=time&camera=${camera.id}&at=12:00&${RANGE}`);

  await expect(page.getByText('5 of 7 days have a picture')).toBeVisible();
  const stage = page.getByRole('group', { name: /^North orchard, / });
  await expect(page.getByText('Tuesday 29 October 2024, 12:03:00, 3 minutes after')).toBeVisible();
  await expect(
    stage.getByRole('img', { name: 'North orchard, Tuesday 29 October 2024, 12:03:00' }),
  ).toBeVisible();
  await looksSound(page, 'days');
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByText('No picture near 12:00 on this day')).toBeVisible();
  await page.getByRole('button', { name: 'The day before' }).click();
  await expect(page.getByText('Saturday 26 October 2024, 12:03:00, 3 minutes after')).toBeVisible();
  // The address is what is seen.
  await page.reload();
  await expect(page.getByText('Saturday 26 October 2024, 12:03:00, 3 minutes after')).toBeVisible();
  await page.getByRole('button', { name: 'Wednesday 30 October 2024: no picture near 12:00' }).click();
  await page.getByLabel('Off by at most').selectOption('3 hours');
  await expect(page.getByText('6 of 7 days have a picture')).toBeVisible();
});

test('compares two pictures, one over the other and side by side', async ({ server, gallery }) => {
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  const other = server.addCamera('Greenhouse');
  await server.uploadFrom(camera, NOON_BEFORE);
  await server.uploadFrom(camera, NOON_BEFORE + DAY_MS);
  await server.uploadFrom(other, NOON_BEFORE + 10 * MINUTE_MS);
  await page.goto(`${server.url}/?camera=${camera.id}`);
  await gallery.picture(0).click();
  await expect(gallery.lightbox.getByText('North orchard', { exact: true })).toBeVisible();
  await page.keyboard.press('i');
  await gallery.lightbox.getByRole('link', { name: 'Compare with another picture' }).click();
  await expect(page.getByText('Choose two pictures')).toBeVisible();
  const right = page.getByRole('form', { name: 'Right' });
  await right.getByLabel('Day').fill('2024-10-26');
  await right.getByRole('button', { name: 'Show it' }).click();

  const edge = page.getByRole('slider', { name: 'Edge between the pictures' });
  await expect(edge).toHaveValue('50');
  await edge.press('ArrowRight');
  await expect(edge).toHaveValue('50.5');
  await looksSound(page, 'compare-slider');
  await page.setViewportSize({ width: 1440, height: 900 });

  await right.getByLabel('Camera').selectOption('Greenhouse');
  await right.getByRole('button', { name: 'Show it' }).click();
  const leftStage = page.getByRole('group', { name: /^Left: North orchard/ });
  const rightStage = page.getByRole('group', {
    name: /^Right: Greenhouse, Saturday 26 October 2024, 12:10:00/,
  });
  await expect(rightStage).toBeVisible();
  const zoomed = async (stage: typeof leftStage) =>
    stage.locator('> div').evaluate((element) => element.style.transform);
  await leftStage.focus();
  await page.keyboard.press('+');
  await page.keyboard.press('ArrowRight');
  expect(await zoomed(leftStage)).toBe('translate(-65%, -50%) scale(2)');
  expect(await zoomed(rightStage)).toBe(await zoomed(leftStage));
  await rightStage.hover();
  await page.mouse.wheel(0, -300);
  await expect.poll(() => zoomed(leftStage)).not.toBe('translate(-65%, -50%) scale(2)');
  expect(await zoomed(rightStage)).toBe(await zoomed(leftStage));
  await page.getByRole('button', { name: 'The whole pictures' }).click();
  expect(await zoomed(rightStage)).toBe('translate(0%, 0%) scale(1)');
  await looksSound(page, 'compare-side');
});

test('plays a span as a film', async ({ server, gallery }) => {
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  await server.uploadAll(
    camera,
    Array.from({ length: 40 }, (_, i) => NOON_BEFORE + i * MINUTE_MS),
  );
  await page.goto(`${server.url}/?page=time&view=film&camera=${camera.id}&${RANGE}`);
  const film = page.getByRole('region', { name: 'Film' });
  await expect(film.getByText('1 of 40')).toBeVisible();
  await expect(page.getByText('40 pictures', { exact: true })).toBeVisible();
  await expect(
    film.getByRole('img', { name: 'North orchard, Saturday 26 October 2024, 12:00:00' }),
  ).toBeVisible();
  const drawn = () =>
    film.locator('canvas').evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.height].join('×'));
  await expect.poll(drawn).toBe('160×120');

  await page.keyboard.press('ArrowRight');
  await expect(film.getByText('2 of 40')).toBeVisible();
  await film.getByLabel('Speed').selectOption('25 a second');
  await film.getByRole('button', { name: 'Play' }).click();
  await expect(film.getByText('40 of 40')).toBeVisible();
  await expect(film.getByRole('button', { name: 'Play' })).toBeVisible();
  await film.getByLabel('Place in the film').fill('20');
  await expect(film.getByText('21 of 40')).toBeVisible();
  await looksSound(page, 'film');
  await page.setViewportSize({ width: 1440, height: 900 });

  // Round and round, until somebody stops it.
  await film.getByRole('button', { name: 'Begin again at the end' }).click();
  await film.getByRole('button', { name: 'Play' }).click();
  await expect(film.getByText(/^(1?\d|20) of 40$/)).toBeVisible();
  await film.getByRole('button', { name: 'Pause' }).click();
  await page.getByLabel('Show', { exact: true }).selectOption('One a day, at a time');
  await expect(page.getByText('1 picture; 6 days have none near that time')).toBeVisible();
});

test('keeps the picture in sight on a phone, above what it is chosen by', async ({ server, gallery }) => {
  const { page } = gallery;
  await page.setViewportSize({ width: 390, height: 700 });
  const camera = server.addCamera('North orchard');
  const left = await server.uploadFrom(camera, NOON_BEFORE);
  const right = await server.uploadFrom(camera, NOON_BEFORE + DAY_MS);
  const compare = `left=${left.id}&right=${right.id}`;
  for (const [view, picture, last] of [
    [`view=days&at=12:00&${RANGE}`, /^North orchard, Sunday/, page.getByLabel('Time zone')],
    [`view=film&${RANGE}`, /^North orchard, Saturday/, page.getByLabel('Time zone')],
    [`view=compare&${compare}`, /, and North orchard/, page.getByRole('button', { name: 'Show it' }).last()],
    [
      `view=compare&how=side&${compare}`,
      /^Left: North orchard/,
      page.getByRole('button', { name: 'Show it' }).last(),
    ],
  ] as const) {
    await page.goto(`${server.url}/?page=time&camera=${camera.id}&${view}`);
    const shown = page.locator('[data-picture]').first();
    await expect(
      shown
        .getByLabel(picture)
        .or(shown.getByRole('img', { name: picture }))
        .first(),
    ).toBeVisible();
    const places = async () => {
      const [above, below] = [await shown.boundingBox(), await last.boundingBox()];
      if (!above || !below) throw new Error('not there');
      return { top: above.y, end: above.y + above.height, below: below.y };
    };
    const before = await places();
    expect(before.end, view).toBeLessThan(before.below);
    expect(before.end, `${view}: in sight at once`).toBeLessThan(700);
    await last.evaluate((element) => element.scrollIntoView({ block: 'end' }));
    const after = await places();
    expect(after.below, `${view}: what is last can be reached`).toBeLessThan(700);
    expect(after.top, `${view}: in sight to the end`).toBeGreaterThanOrEqual(0);
    expect(after.end, `${view}: and above it`).toBeLessThanOrEqual(after.below);
  }
});

test('leads there from a picture, a calendar and a card', async ({ server, gallery }) => {
  const { page } = gallery;
  const camera = server.addCamera('North orchard');
  await server.uploadFrom(camera, NOON_BEFORE);
  await page.goto(`${server.url}/?camera=${camera.id}`);
  await gallery.picture(0).click();
  await expect(gallery.lightbox.getByText('North orchard', { exact: true })).toBeVisible();
  await page.keyboard.press('i');
  await gallery.lightbox.getByRole('link', { name: 'The same time on other days' }).click();
  await expect(page).toHaveURL(
    /page=time&view=days&camera=\w+&zone=Europe%2FRome&at=12%3A00&from=2024-10-11/,
  );
  await expect(page.getByText('1 of 31 days has a picture')).toBeVisible();

  await page.goto(`${server.url}/?page=camera&camera=${camera.id}&tab=calendar`);
  await page.getByRole('main').getByRole('link', { name: 'Time machine' }).click();
  await expect(page.getByText('0 of 30 days have a picture')).toBeVisible();
  await page.goto(`${server.url}/?page=fleet`);
  await page.getByRole('link', { name: 'Time machine of North orchard' }).click();
  await expect(page.getByText('0 of 30 days have a picture')).toBeVisible();
});

test('says what is not there', async ({ server, gallery }) => {
  const { page } = gallery;
  await page.goto(`${server.url}/?page=time`);
  await expect(page.getByText('There is no camera yet.')).toBeVisible();
  const camera = server.addCamera('North orchard');
  await page.goto(`${server.url}/?page=time&camera=7zzzzzzzzzzzz`);
  await expect(page.getByText('The camera of this link is not there, or not for you to see.')).toBeVisible();
  await page.goto(`${server.url}/?page=time&view=film&camera=${camera.id}`);
  await expect(page.getByText('North orchard took no pictures then.')).toBeVisible();
  await page.goto(`${server.url}/?page=time&view=compare&left=7zzzzzzzzzzzz`);
  await expect(page.getByText('There is no image 7zzzzzzzzzzzz.')).toBeVisible();
});
