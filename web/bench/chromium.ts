// Debian's Chromium, as a phone on a village's LTE and as a desk, and what its page costs.
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from '@playwright/test';

const EXECUTABLE = '/usr/bin/chromium';

// As Chromium's own developer tools name it: "Fast 4G", and a mid-tier phone, which is a quarter of a desk's processor.
const LTE = { latency: 165, downloadThroughput: (8.1e6 / 8) | 0, uploadThroughput: (1.35e6 / 8) | 0 };
const PHONE_SLOWER = 4;
const PHONE = {
  viewport: { width: 412, height: 823 },
  deviceScaleFactor: 1.75,
  isMobile: true,
  hasTouch: true,
};
const DESK = { viewport: { width: 1440, height: 900 } };

export function launch(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath: EXECUTABLE, args: isRoot ? ['--no-sandbox'] : [] });
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

export async function desk(browser: Browser): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext(DESK);
  return { context, page: await context.newPage() };
}

/** Of the largest process that draws pages: what it has in memory, shared pages by its part, in MiB. */
export async function tabMib(browser: Browser): Promise<number> {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  await cdp.detach();
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1]));
  return Math.max(...sizes) / 1024;
}
