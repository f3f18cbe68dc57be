// A program of its own, of less than a kilobyte: it asks for the first answers while the browser still fetches the page's.
import { askEarly } from './answers';
import { firstPaths } from './firstPaths';
import { fetchThumbnails } from './firstThumbnails';

const answers = askEarly(firstPaths(window.location));
const newest = answers.find(([path]) => path.startsWith('/api/v1/images?'))?.[1];
// What fails is asked for again by the page, which says so.
if (newest) fetchThumbnails(newest).catch(() => undefined);
