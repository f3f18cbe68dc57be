// How a screen is looked at: in both themes, wide and narrow, by axe and for what stands out at the side.
import { expect, test, type Page } from '@playwright/test';
import { seriousFaults } from './faults';

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 390, height: 844 };
const THEMES = ['light', 'dark'];

/** Nothing serious for axe, nothing beyond the right edge; and pictures of it among the results. */
export async function looksSound(page: Page, what: string): Promise<void> {
  // Colours are judged as they are at rest, not on their way in.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const viewport of [NARROW, WIDE]) {
    await page.setViewportSize(viewport);
    for (const theme of THEMES) {
      await page.evaluate(wearTheme, theme);
      const where = `${what}-${theme}-${viewport.width}`;
      expect(await seriousFaults(page, { onlyColours: theme !== THEMES[0] }), where).toEqual([]);
      await page.screenshot({ path: test.info().outputPath(`${where}.png`) });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, `${where}: nothing stands out on the right`).toBe(viewport.width);
    }
  }
}

/** In the page: until every colour is that of the theme. Even a transition of no length begins with the old one. */
export async function wearTheme(theme: string): Promise<void> {
  document.documentElement.dataset.theme = theme;
  // What one ends may begin the next.
  for (let ending: Animation[] | undefined; ending?.length !== 0;) {
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
      .filter(({ playState }) => playState !== 'finished');
    await Promise.allSettled(ending.map(({ finished }) => finished));
  }
}
