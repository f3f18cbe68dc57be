// measure.ts URL PICTURES: what bench/web prints, as one line of JSON.
import { showBareWall } from './bareWall.ts';
import { launch } from './chromium.ts';
import { firstPicture, type FirstPicture } from './firstPicture.ts';
import { firstShown, scrollFor, sweep, type Scroll } from './scroll.ts';
import { Tab } from './tab.ts';

const FIRST_TIMES = 5;
// A brisk reader: a picture's place is in view for half a second.
const READING_PX_PER_S = 2_000;
const READING_S = 15;
const SWEEP_S = 20;
// More than a reader sees of it in that time.
const BARE_PICTURES = 2_000;
// Four screens a second, with each picture asked for before it is out of view: what fills the tab, in minutes.
const FAR_PX_PER_S = 8_000;
const FAR_SLICE_S = 20;

const [url, pictures] = process.argv.slice(2);
if (url === undefined || pictures === undefined) throw new Error('usage: measure.ts URL PICTURES');

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

async function firstPictures(url: string): Promise<FirstPicture[]> {
  const browser = await launch();
  try {
    const firsts = [];
    for (let time = 0; time < FIRST_TIMES; time += 1) firsts.push(await firstPicture(browser, url));
    return firsts;
  } finally {
    await browser.close();
  }
}

async function readBareWall(): Promise<Scroll> {
  const tab = await Tab.open(`${url}/healthz`);
  try {
    await tab.until(() => document.readyState === 'complete' && location.pathname === '/healthz');
    await showBareWall(tab, BARE_PICTURES);
    return await scrollFor(tab, READING_PX_PER_S, READING_S);
  } finally {
    await tab.close();
  }
}

const firsts = await firstPictures(url);
const bare = await readBareWall();
const tab = await Tab.open(url);
try {
  await firstShown(tab);
  const before_mib = await tab.mib();
  const reading = await scrollFor(tab, READING_PX_PER_S, READING_S);
  let scrolled = reading.pictures;
  while (scrolled < Number(pictures)) {
    const far = await scrollFor(tab, FAR_PX_PER_S, FAR_SLICE_S);
    scrolled += far.pictures;
    console.error(`scrolled past ${scrolled} of ${pictures} pictures`);
  }
  const after_mib = await tab.mib();
  await tab.letGo();
  const let_go_mib = await tab.mib();
  const swept = await sweep(tab, SWEEP_S);

  console.log(
    JSON.stringify({
      first_ms: quantile(
        firsts.map(({ ms }) => ms),
        0.5,
      ),
      first_worst_ms: quantile(
        firsts.map(({ ms }) => ms),
        1,
      ),
      script_kb: firsts[0]?.script_kb,
      reading_frame_ms: quantile(reading.frame_ms, 0.5),
      reading_frame_p99_ms: quantile(reading.frame_ms, 0.99),
      bare_frame_ms: quantile(bare.frame_ms, 0.5),
      bare_frame_p99_ms: quantile(bare.frame_ms, 0.99),
      reading_blank_ms: quantile(reading.blank_ms, 1),
      scrolled,
      before_mib,
      after_mib,
      let_go_mib,
      sweep_frame_ms: quantile(swept.frame_ms, 0.5),
      sweep_frame_p99_ms: quantile(swept.frame_ms, 0.99),
      settled_ms: swept.settled_ms,
    }),
  );
} finally {
  await tab.close();
}
