import { useQuery, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { onRefusal } from '../api/http';
import { fetchSession, knownSession, type Session } from '../api/session';
import { makeQueries } from '../queries';

const SESSION_KEY = ['session'];

/** Who is signed in, kept true: asked again when the server refuses something, and when the reader comes back. */
export function useSession() {
  // Of its own: what is known of somebody's cameras goes with them, and this stays.
  const [queries] = useState<QueryClient>(makeQueries);
  const { data, error } = useQuery(
    {
      queryKey: SESSION_KEY,
      queryFn: ({ signal }) => fetchSession(signal),
      initialData: knownSession,
      staleTime: Infinity,
      refetchOnWindowFocus: 'always',
    },
    queries,
  );
  const recheck = useCallback(
    // Many requests may be refused at once: one question answers for all.
    () => void queries.invalidateQueries({ queryKey: SESSION_KEY }, { cancelRefetch: false }),
    [queries],
  );
  useEffect(() => onRefusal(recheck), [recheck]);
  const enter = useCallback(
    (session: Session) => {
      // An answer on its way tells of before.
      void queries.cancelQueries({ queryKey: SESSION_KEY });
      queries.setQueryData(SESSION_KEY, session);
    },
    [queries],
  );
  return { session: data, error, recheck, enter };
}
