// What every test of the dashboard has: a server of its own, and a page on which nothing goes wrong unnoticed.
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { Account } from './account';
import { TestServer } from './server';

interface Fixtures {
  /** Whether people have to sign in at the server: `test.use({ login: true })`. */
  login: boolean;
  server: TestServer;
  gallery: Gallery;
  /** The first account, made beside the page. */
  owner: Account;
}

/** The parts of the page, by the names a person would use. */
export class Gallery {
  readonly page: Page;
  readonly wall: Locator;
  readonly pictures: Locator;
  readonly lightbox: Locator;
  readonly live: Locator;
  /** What the page tells in passing. */
  readonly messages: Locator;

  constructor(page: Page) {
    this.page = page;
    this.wall = page.getByTestId('wall');
    this.pictures = this.wall.getByRole('link');
    this.lightbox = page.getByRole('dialog', { name: 'Picture' });
    this.live = page.getByText('Live', { exact: true });
    this.messages = page.getByRole('region', { name: /^Messages/ });
  }

  /** Picture number `index` of the wall, counted from the newest. */
  picture(index: number): Locator {
    return this.wall.locator(`[data-index="${index}"]`);
  }

  /** Opens the page and waits until it follows the server. */
  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await expect(this.live).toBeVisible();
  }
}

export const test = base.extend<Fixtures>({
  login: [false, { option: true }],
  server: async ({ login }, use) => {
    const server = new TestServer({ login });
    try {
      await server.start();
      await use(server);
    } finally {
      await server.remove();
    }
  },
  gallery: async ({ page }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|Warning:/.test(message.text())) faults.push(message.text());
    });
    await use(new Gallery(page));
    // A page goes on asking to the end: an answer that a test was about to change is nobody's any more.
    if (!page.isClosed()) await page.unrouteAll({ behavior: 'ignoreErrors' });
    expect(faults).toEqual([]);
  },
  owner: async ({ server }, use) => {
    await expect.poll(() => server.setUpLink).not.toBe('');
    const owner = await Account.setUp(server, 'owner');
    await use(owner);
    await owner.forget();
  },
});

export { expect };
