import { defineConfig } from '@playwright/test';
import { EXECUTABLE, FLAGS } from './chromium';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Each test has a server of its own, and waits for it and for the page more than it works.
  workers: 2,
  // A test that looks at every page in both themes takes a minute where others work beside it.
  timeout: 240_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI !== undefined,
  // None, so that whoever works on a page sees what does not always hold. A landing gives one (.ci/run), and is told.
  retries: Number(process.env.TEST_RETRIES ?? 0),
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    timezoneId: 'Europe/Rome',
    locale: 'en-GB',
    // What it answers itself a test could not answer in the server's place; e2e/pwa.spec.ts has it.
    serviceWorkers: 'block',
    // A trace would tell more, but slows scrolling down fivefold: `npm run e2e -- --trace on` when one is wanted.
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: EXECUTABLE, args: FLAGS },
  },
});
