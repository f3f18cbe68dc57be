import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { PAGES, usePage, type Page } from '../address';
import { Screen } from '../gallery/Screen';
import { ThumbnailNews, ThumbnailNewsProvider } from '../live/thumbnails';
import { Frame } from '../nav/Frame';
import { TopBar } from '../nav/TopBar';
import { useNewVersion } from '../pwa/useNewVersion';
import { makeQueries } from '../queries';
import { usePresenceNews } from '../orders/usePresenceNews';
import { whyNot } from '../session/pageRights';
import { maySeePictures } from '../session/rights';
import { VisitProvider, type Visit } from '../session/visit';
import { ShortcutSheet } from '../ui/ShortcutSheet';
import { ToastShelf } from '../ui/ToastShelf';
import { Toasts, ToastsProvider } from '../ui/toasts';
import { LOAD_PAGE } from './loadPage';
import { useShortcuts } from './useShortcuts';

const PAGE = new Map(PAGES.map((page) => [page, lazy(LOAD_PAGE[page])]));
const NothingHere = lazy(() => import('./NothingHere'));

/** Everything that somebody sees who was let in, and what the page knows for them. */
export function Pages({ visit }: { visit: Visit }) {
  const [queries] = useState(makeQueries);
  const [thumbnails] = useState(() => new ThumbnailNews());
  const [toasts] = useState(() => new Toasts());
  return (
    <QueryClientProvider client={queries}>
      <VisitProvider value={visit}>
        <ThumbnailNewsProvider value={thumbnails}>
          <ToastsProvider value={toasts}>
            <Shown visit={visit} />
            <ToastShelf />
          </ToastsProvider>
        </ThumbnailNewsProvider>
      </VisitProvider>
    </QueryClientProvider>
  );
}

/** The page, and what is noticed whichever it is. */
function Shown({ visit }: { visit: Visit }) {
  const page = usePage();
  const { sheet, showSheet } = useShortcuts();
  useNewVersion(page === 'wall');
  usePresenceNews(maySeePictures(visit.person));
  return (
    <>
      <Frame>
        {/* A wall has no header. */}
        <Suspense fallback={page !== 'wall' && <TopBar />}>
          {pageFor(page, visit, () => showSheet(true))}
        </Suspense>
      </Frame>
      <ShortcutSheet open={sheet} onClose={() => showSheet(false)} />
    </>
  );
}

function pageFor(page: Page | undefined, visit: Visit, onShortcuts: () => void) {
  const why = page && whyNot(page, visit);
  // Where there are no accounts, their pages are no pages.
  if (page === undefined || why === 'no login') {
    return maySeePictures(visit.person) ? (
      <Screen onShortcuts={onShortcuts} />
    ) : (
      <NothingHere why="no cameras" />
    );
  }
  if (why !== undefined) return <NothingHere why={why} />;
  const Chosen = PAGE.get(page);
  return Chosen && <Chosen />;
}
