import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { takeReturned } from './session/openid';
import { takeSecret } from './session/secretLink';
import { reloadWhenPiecesAreGone } from './pwa/missingPieces';
import './ui/tokens.css';
import './ui/base.css';
import { applyTheme, rememberedTheme } from './ui/theme';

// Before anything is drawn, so that a reader of the light page sees no dark one first.
applyTheme(rememberedTheme());

reloadWhenPiecesAreGone();

const link = takeSecret();
const returned = takeReturned();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App link={link} returned={returned} />
  </StrictMode>,
);
