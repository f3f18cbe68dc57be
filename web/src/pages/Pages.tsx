import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { usePage, type Page } from '../address';
import { Screen } from '../gallery/Screen';
import { ThumbnailNews, ThumbnailNewsProvider } from '../live/thumbnails';
import { makeQueries } from '../queries';
import { mayAdminister, mayOperate, maySeePictures } from '../session/rights';
import { VisitProvider, type Visit } from '../session/visit';

const AccountPage = lazy(() => import('../account/AccountPage'));
const CamerasPage = lazy(() => import('../cameras/CamerasPage'));
const FirmwarePage = lazy(() => import('../firmware/FirmwarePage'));
const PeoplePage = lazy(() => import('../people/PeoplePage'));
const SharesPage = lazy(() => import('../shares/SharesPage'));
const AuditPage = lazy(() => import('../people/AuditPage'));
const NothingHere = lazy(() => import('./NothingHere'));

/** Everything that somebody sees who was let in, and what the page knows for them. */
export function Pages({ visit }: { visit: Visit }) {
  const [queries] = useState(makeQueries);
  const [thumbnails] = useState(() => new ThumbnailNews());
  const page = usePage();
  return (
    <QueryClientProvider client={queries}>
      <VisitProvider value={visit}>
        <ThumbnailNewsProvider value={thumbnails}>
          <Suspense>{pageFor(page, visit)}</Suspense>
        </ThumbnailNewsProvider>
      </VisitProvider>
    </QueryClientProvider>
  );
}

function pageFor(page: Page | undefined, { login, person }: Visit) {
  if (page === 'shares') return mayOperate(person) ? <SharesPage /> : <NothingHere why="not for viewers" />;
  // Without a login there are no accounts to look at, but cameras and their programs.
  if (page === undefined || (!login && page !== 'cameras' && page !== 'firmware')) {
    return maySeePictures(person) ? <Screen /> : <NothingHere why="no cameras" />;
  }
  if (page === 'account') return <AccountPage />;
  if (!mayAdminister(person)) return <NothingHere why="not for you" />;
  if (page === 'cameras') return <CamerasPage />;
  if (page === 'firmware') return <FirmwarePage />;
  return page === 'people' ? <PeoplePage /> : <AuditPage />;
}
