// Debian's Chromium, never a downloaded one, as the tests and the benchmarks start it.

export const EXECUTABLE = '/usr/bin/chromium';

// As of version 156 each window draws the list below its address bar as a page of its own, twice, shown or not: a second
// of a processor for each window, which is one for each test.
const ADDRESS_LISTS = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];
// Of several such switches Chromium obeys the last, so what Playwright switches off has to be in this one as well.
const PLAYWRIGHT_HAS = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'HttpsUpgrades',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'Translate',
];

export const FLAGS = [
  `--disable-features=${[...ADDRESS_LISTS, ...PLAYWRIGHT_HAS].join(',')}`,
  // It keeps to itself: nothing but the page under test uses the network.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // Chromium's sandbox refuses to run as root, as which container and CI machines work.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
