import { QueryClient } from '@tanstack/react-query';
import { LASTS_MS } from './early/answers';
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

/** For a query whose answer may be known before it is asked for: that is as good as just read, until it is read again. */
export function knownAtFirst<T>(known: () => T | undefined) {
  return {
    initialData: known,
    staleTime: ({ state }: { state: { dataUpdateCount: number } }) =>
      state.dataUpdateCount === 0 ? LASTS_MS : 0,
  };
}
