import { startTransition, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { readAnswers } from './early/answers';
import { preparePage } from './pages/loadPage';
import { takeReturned } from './session/openid';
import { takeSecret } from './session/secretLink';

// On a slow line the frame of the page is worth more than its pictures.
const FIRST_DRAWING_WAITS_MS = 500;

const link = takeSecret();
const returned = takeReturned();

preparePage(window.location.search);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
const react = createRoot(root);
// Drawn once, with all that was asked early, instead of anew with each answer; and in pieces, so that a slow phone takes
// a touch in between. Until then there is what begin.ts has drawn.
void readAnswers(FIRST_DRAWING_WAITS_MS).then(() =>
  startTransition(() =>
    react.render(
      <StrictMode>
        <App link={link} returned={returned} />
      </StrictMode>,
    ),
  ),
);
