// A phone on a village's LTE.
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from '@playwright/test';
import { EXECUTABLE, FLAGS } from '../chromium.ts';

// As Chromium's own developer tools name it: "Fast 4G", and a mid-tier phone, which is a quarter of a desk's processor.
const LTE = { latency: 165, downloadThroughput: (8.1e6 / 8) | 0, uploadThroughput: (1.35e6 / 8) | 0 };
const PHONE_SLOWER = 4;
const PHONE = {
  viewport: { width: 412, height: 823 },
  deviceScaleFactor: 1.75,
  isMobile: true,
  hasTouch: true,
};

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
}

/** With nothing in its cache. */
export async function phone(
  browser: Browser,
): Promise<{ context: BrowserContext; page: Page; cdp: CDPSession }> {
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', { offline: false, ...LTE });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: PHONE_SLOWER });
  return { context, page, cdp };
}
