import { QueryClient } from '@tanstack/react-query';
import { RETRY_FIRST_MS } from './live/backoff';

export function makeQueries(): QueryClient {
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
      mutations: { networkMode: 'always' },
    },
  });
}
