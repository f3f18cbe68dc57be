import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Those that another theme may have though the first has none. */
const FAULTS_OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** What axe finds that keeps somebody from using the page. `onlyColours`: all else has been looked at already. */
export async function seriousFaults(page: Page, { onlyColours = false } = {}): Promise<string[]> {
  // Its other way sums up in a page of its own what it found in frames, of which there are none.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (onlyColours ? axe.withRules(FAULTS_OF_COLOUR) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
