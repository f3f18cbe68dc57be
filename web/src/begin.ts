// What runs first, and is small: it asks for what the first view shows, draws its pictures, and only then lets the program
// run, which a slow phone takes half a second for. The browser fetches that meanwhile (vite.firstView.ts).
import './ui/tokens.css';
import './ui/base.css';
import { askEarly } from './early/answers';
import { firstPaths } from './early/firstPaths';
import { drawFirstPictures } from './early/firstPictures';
import { fetchPagePieces } from './early/pagePieces';
import { reloadWhenPiecesAreGone } from './pwa/missingPieces';
import { readerOffsets } from './time/zone';
import { applyTheme, rememberedTheme } from './ui/theme';

// An answer that takes longer than the program is waited for by nobody.
const PICTURES_WAIT_MS = 300;

const answers = askEarly(firstPaths(window.location, Date.now(), readerOffsets));
fetchPagePieces(window.location.search);
// Before anything is drawn, so that a reader of the light page sees no dark one first.
applyTheme(rememberedTheme());
reloadWhenPiecesAreGone();

const newest = answers.find(([path]) => path.startsWith('/api/v1/images?'))?.[1];
const over = new Promise((resolve) => setTimeout(resolve, PICTURES_WAIT_MS));
// What fails is asked for again by the program, which says so.
const drawn = newest && drawFirstPictures(newest, window.location).catch(() => undefined);
void Promise.race([drawn, over])
  // By itself, so that a slow phone is not busy with both at once.
  .then(() => import('react-dom/client'))
  .then(() => import('./program'));
