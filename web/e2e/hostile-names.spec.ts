import type { Page } from '@playwright/test';
import type { Account } from './account';
import { signIn } from './entrance';
import { looksSound } from './look';
import type { TestCamera, TestServer } from './server';
import { expect, test } from './test';

const HOUR_MS = 3_600_000;
const WIDTHS = [390, 1440];

// Whatever somebody may call something: 64 bytes at most.
const NAMES = {
  long: 'W'.repeat(64),
  rightToLeft: 'بستان الزيتون الشمالي (٣)',
  markup: '<img src=x onerror=alert(1)><script>alert(2)</script>',
  zeroWidth: 'Or\u200Bch\u200Dard\u2060 \uFEFFwest',
  emoji: '👩‍👩‍👧‍👦🐝🌻🏳️‍🌈🦋',
};

test.use({ login: true });

/** What of it fits into a tag. */
const tagOf = (name: string) => Array.from(name.toLowerCase()).slice(0, 8).join('').trim();

interface World {
  cameras: Record<keyof typeof NAMES, TestCamera>;
  image: string;
  share: string;
}

/** Cameras, groups, tags, notes, people, shares and tokens of these names. */
async function aWorld(server: TestServer, owner: Account): Promise<World> {
  const cameras = {} as World['cameras'];
  const images: string[] = [];
  for (const [i, [kind, name]] of Object.entries(NAMES).entries()) {
    const camera = server.addCamera(name);
    cameras[kind as keyof typeof NAMES] = camera;
    const place = `lat_e7=${464530000 + i * 10_000_000}, lon_e7=112580000, battery_mv=3300, rssi_dbm=-95`;
    images.push((await server.uploadFrom(camera, Date.now() - i * HOUR_MS, place)).id);
    await server.uploadFrom(camera, Date.now() - (24 + i) * HOUR_MS, place);
    const group = await owner.addGroup(name, camera.id);
    await owner.ask('POST', '/api/v1/tags', { images, add: [tagOf(name)] });
    await owner.ask('PUT', `/api/v1/images/${images[i] ?? ''}/note`, {
      note: `${name} ${name.repeat(4)}\n${name}`,
    });
    // What one signs in with has no spaces.
    await owner.invite(name.replaceAll(' ', '_'), { group, role: 'operator' });
    await owner.ask('POST', '/api/v1/tokens', { name, scopes: ['read'] });
  }
  const shared = await owner.ask('POST', '/api/v1/shares', {
    kind: 'camera',
    camera: cameras.long.id,
    name: NAMES.rightToLeft,
  });
  const { token } = (await shared.json()) as { token: string };
  return { cameras, image: images[0] ?? '', share: `${server.url}/#share=${token}` };
}

/**
 * Where a name that is written from right to left would turn around what stands beside it: in a text it must have an
 * element, or a line, of its own; in what is said of an element it must be isolated.
 */
async function namesThatMix(page: Page): Promise<string[]> {
  return page.evaluate((name) => {
    const styleOf = (element: Element) => getComputedStyle(element);
    const isolates = (element: Element) =>
      styleOf(element).display !== 'inline' || /isolate|plaintext/.test(styleOf(element).unicodeBidi);
    // Among the items of a flexible box or a grid, text that is not in an element is one of its own.
    const besideItems = (node: Node) => {
      let text = node.textContent ?? '';
      for (let next = node.nextSibling; next?.nodeType === Node.TEXT_NODE; next = next.nextSibling)
        text += next.textContent ?? '';
      for (let last = node.previousSibling; last?.nodeType === Node.TEXT_NODE; last = last.previousSibling)
        text = (last.textContent ?? '') + text;
      return text;
    };
    const alone = (text: string) => {
      const rest = text.replace(/\u2068[^\u2069]*\u2069/gu, '');
      return rest === name || !rest.includes(name);
    };
    const mixed = new Set<string>();
    const SAID = ['aria-label', 'aria-valuetext', 'alt', 'title'];
    for (const element of document.querySelectorAll(SAID.map((said) => `[${said}*="${name}"]`).join()))
      for (const said of SAID)
        if (!alone(element.getAttribute(said) ?? ''))
          mixed.add(`${element.tagName} ${said}: ${element.getAttribute(said) ?? ''}`);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.textContent?.includes(name)) continue;
      let element = node.parentElement;
      while (element && !isolates(element)) element = element.parentElement;
      if (!element?.checkVisibility() || element.classList.contains('visually-hidden')) continue;
      const items = /flex|grid/.test(styleOf(element).display) && element === node.parentElement;
      const seen = (items ? besideItems(node) : element.innerText).trim();
      if (!alone(seen)) mixed.add(`${element.tagName}.${element.className}: ${seen}`);
    }
    return [...mixed];
  }, NAMES.rightToLeft);
}

/** Nothing ran, nothing stands out at the side, however wide the screen is. */
async function staysWithin(page: Page, what: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 844 });
    const scrolls = await page.evaluate(() => document.documentElement.scrollWidth);
    expect.soft(scrolls, `${what}, ${width} wide: nothing stands out on the right`).toBe(width);
  }
  const foreign = await page.locator('img[src="x"], [onerror], [onload], script:not([src])').count();
  expect.soft(foreign, `${what}: markup is text`).toBe(0);
}

/** Shows an address, and looks at it from all sides. */
async function look(page: Page, what: string, url: string, shown: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByText(shown).first()).toBeAttached();
  await staysWithin(page, what);
  expect.soft(await namesThatMix(page), what).toEqual([]);
  await looksSound(page, what);
}

test.beforeEach(({ page }) => {
  // Some ten pages, of which axe looks at each four times.
  test.setTimeout(600_000);
  page.on('dialog', (dialog) => {
    expect.soft(dialog.message(), 'nothing runs').toBe('');
    void dialog.dismiss();
  });
});

test('lists bear whatever cameras, groups, tags and people are called', async ({
  server,
  gallery: { page },
  owner,
}) => {
  await aWorld(server, owner);
  await signIn(page, server.url, 'owner');
  for (const [what, address, shown = NAMES.long] of [
    ['gallery', ''],
    ['filtered', `?tag=${tagOf(NAMES.long)}&text=${NAMES.long}`],
    ['fleet', '?page=fleet'],
    ['map', '?page=map'],
    ['wall', '?page=wall'],
    ['cameras', '?page=cameras'],
    ['people', '?page=people'],
    ['audit', '?page=audit'],
    ['storage', '?page=storage'],
    ['shares', '?page=shares', NAMES.rightToLeft],
    ['account', '?page=account'],
    ['firmware', '?page=firmware', 'Firmware'],
  ] as const)
    await look(page, what, `${server.url}/${address}`, shown);
});

test('what is of one camera bears its name', async ({ server, gallery, owner, browser }) => {
  const { page } = gallery;
  const { cameras, image, share } = await aWorld(server, owner);
  await signIn(page, server.url, 'owner');
  for (const [kind, { id, name }] of Object.entries(cameras)) {
    for (const address of ['?', '?page=camera&', '?page=time&', '?page=map&']) {
      await page.goto(`${server.url}/${address}camera=${id}`);
      await expect(page.getByText(name.trim()).first()).toBeAttached();
      await staysWithin(page, `${kind} ${address}`);
      expect.soft(await namesThatMix(page), `${kind} ${address}`).toEqual([]);
    }
  }
  const { id } = cameras.long;
  await look(page, 'gallery of one', `${server.url}/?camera=${id}`, NAMES.long);
  await look(page, 'camera page', `${server.url}/?page=camera&camera=${id}`, NAMES.long);
  await look(page, 'time machine', `${server.url}/?page=time&camera=${id}`, NAMES.long);

  await page.goto(`${server.url}/?image=${image}`);
  await expect(gallery.lightbox.getByText(NAMES.long).first()).toBeVisible();
  await staysWithin(page, 'viewer');
  await page.keyboard.press('i');
  await expect(page.getByRole('heading', { name: 'Facts' })).toBeVisible();
  await looksSound(page, 'viewer with facts');

  await page.goto(`${server.url}/?camera=${id}`);
  await page.getByRole('button', { name: 'Filter' }).click();
  await looksSound(page, 'filter dialog');

  const stranger = await (await browser.newContext()).newPage();
  await look(stranger, 'shared', share, NAMES.rightToLeft);
});
