// How long a phone waits for its first picture, and for how much script.
import type { Browser } from '@playwright/test';
import { phone } from './chromium.ts';

export interface FirstPicture {
  ms: number;
  script_kb: number;
}

declare global {
  interface Window {
    firstPictureAt?: number;
  }
}

export async function firstPicture(browser: Browser, url: string): Promise<FirstPicture> {
  const { context, page, cdp } = await phone(browser);
  const scripts = new Set<string>();
  let scriptBytes = 0;
  cdp.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId));
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scriptBytes += encodedDataLength;
  });
  await page.addInitScript(() => {
    const look = () => {
      // Drawn before the program is there, or by it.
      const drawn = document.querySelectorAll<HTMLImageElement>(
        '.first-look-wall img, [data-testid=wall] img[data-state=shown]',
      );
      if (![...drawn].some((image) => image.complete && image.naturalWidth > 0)) {
        requestAnimationFrame(look);
        return;
      }
      // On the screen when the frame that it became known in has been drawn.
      requestAnimationFrame(() => (window.firstPictureAt = performance.now()));
    };
    requestAnimationFrame(look);
  });
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.firstPictureAt !== undefined, undefined, { timeout: 60_000 });
  const ms = await page.evaluate(() => window.firstPictureAt ?? NaN);
  const script_kb = scriptBytes / 1000;
  await context.close();
  return { ms, script_kb };
}
