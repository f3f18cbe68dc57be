// Draws the app's icons out of public/favicon.svg, by the Chromium that the tests have anyway: `npm run icons`.
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import config from './playwright.config.ts';

interface Icon {
  name: string;
  size: number;
  /** How much of it the drawing takes: a launcher cuts a circle, or what it likes, out of a maskable one. */
  scale: number;
  /** Without rounded corners: whoever shows it cuts them. */
  full: boolean;
}

const ICONS: readonly Icon[] = [
  { name: 'icon-192', size: 192, scale: 1, full: false },
  { name: 'icon-512', size: 512, scale: 1, full: false },
  { name: 'icon-180', size: 180, scale: 1, full: true },
  { name: 'icon-maskable-512', size: 512, scale: 0.78, full: true },
];
const GROUND = '#0c0e12';

const drawing = readFileSync('public/favicon.svg', 'utf8');
const browser = await chromium.launch(config.use?.launchOptions ?? {});
for (const { name, size, scale, full } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const side = Math.round(size * scale);
  const ground = full ? GROUND : 'transparent';
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${ground}">
       <div style="width:${side}px;height:${side}px">${drawing}</div>`,
  );
  await page.screenshot({ path: `public/${name}.png`, omitBackground: !full });
  await page.close();
}
await browser.close();
