// Which page a click on a notification leads, when some are open. Pure.
import type { OpenPage } from '../pwa/workerScope';

type Seen = Pick<OpenPage, 'focused' | 'visibilityState'>;

/** The one that is in hand, or in sight, or any; undefined: none is open. */
export function pageToLead<Page extends Seen>(pages: readonly Page[]): Page | undefined {
  return (
    pages.find(({ focused }) => focused) ??
    pages.find(({ visibilityState }) => visibilityState === 'visible') ??
    pages[0]
  );
}
