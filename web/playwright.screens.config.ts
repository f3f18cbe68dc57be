// `npm run screens`: makes the pictures of docs/screens.md anew, with the real server and a drawn orchard.
import { defineConfig } from '@playwright/test';
import tests from './playwright.config';
import { AFTERNOON_ZONE } from './screens/afternoon';

export default defineConfig({
  ...tests,
  testDir: 'screens',
  workers: 1,
  use: { ...tests.use, timezoneId: AFTERNOON_ZONE },
  // Three weeks of pictures are sent first.
  timeout: 600_000,
});
