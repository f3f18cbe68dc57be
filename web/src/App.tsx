import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Screen } from './gallery/Screen';
import { RETRY_FIRST_MS } from './live/backoff';
import { ThumbnailNews, ThumbnailNewsProvider } from './live/thumbnails';
import { ErrorBoundary } from './ui/ErrorBoundary';

function makeQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // One hiccup is forgiven in silence; after that the reader is told, and the stream of changes tries on.
        retry: 1,
        retryDelay: RETRY_FIRST_MS,
        // The server may stand in the same house: a browser that calls itself offline may still reach it.
        networkMode: 'always',
        refetchOnWindowFocus: false,
      },
    },
  });
}

export function App() {
  const [queries] = useState(makeQueries);
  const [thumbnails] = useState(() => new ThumbnailNews());
  return (
    <ErrorBoundary>
      <QueryClientProvider client={queries}>
        <ThumbnailNewsProvider value={thumbnails}>
          <Screen />
        </ThumbnailNewsProvider>
      </QueryClientProvider>
    </ErrorBoundary>
  );
}
