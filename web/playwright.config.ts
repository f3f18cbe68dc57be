import { defineConfig } from '@playwright/test';

// Debian's Chromium, never a downloaded one. It keeps to itself: nothing but the page under test uses the network.
const CHROMIUM = '/usr/bin/chromium';
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
// Chromium's sandbox refuses to run as root, as which container and CI machines work.
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Each test has a server of its own; two cores are busy enough with one of them and a browser.
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    timezoneId: 'Europe/Rome',
    locale: 'en-GB',
    // A trace would tell more, but slows scrolling down fivefold: `npm run e2e -- --trace on` when one is wanted.
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: CHROMIUM, args: isRoot ? [...QUIET, '--no-sandbox'] : QUIET },
  },
});
