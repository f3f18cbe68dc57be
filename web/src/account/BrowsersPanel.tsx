import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { endOtherSessions, endSession, fetchSessions, type BrowserSession } from '../api/account';
import { momentWords } from '../time/words';
import { Awaited } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { Panel } from '../ui/Panel';
import { Problem } from '../ui/Problem';
import { Row, Rows } from '../ui/Rows';
import { browserWords } from './browserWords';

export const SESSIONS_KEY = ['sessions'];

/** Where somebody is signed in. */
export function BrowsersPanel() {
  const queries = useQueryClient();
  const sessions = useQuery({
    queryKey: SESSIONS_KEY,
    queryFn: ({ signal }) => fetchSessions(signal),
  });
  const onSettled = () => queries.invalidateQueries({ queryKey: SESSIONS_KEY });
  const end = useMutation({ mutationFn: endSession, onSettled });
  const endOthers = useMutation({ mutationFn: endOtherSessions, onSettled });
  const others = (sessions.data ?? []).some(({ current }) => !current);
  return (
    <Panel
      title="Signed in"
      lead="Browsers that are signed in to your account. End what you do not know, then change your password."
      action={
        others && (
          <Button busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            End all others
          </Button>
        )
      }
    >
      <Problem error={end.error ?? endOthers.error} />
      <Awaited query={sessions} what="the browsers">
        {(known) => (
          <Rows label="Browsers that are signed in">
            {known.map((session) => (
              <Row
                key={session.id}
                name={browserWords(session.agent)}
                mark={session.current ? 'this browser' : undefined}
                facts={factsOf(session)}
              >
                {!session.current && (
                  <Button
                    busy={end.isPending}
                    aria-label={`End ${browserWords(session.agent)}`}
                    onClick={() => end.mutate(session.id)}
                  >
                    End
                  </Button>
                )}
              </Row>
            ))}
          </Rows>
        )}
      </Awaited>
    </Panel>
  );
}

function factsOf({ address, created_at, used_at, current }: BrowserSession): string[] {
  const used = current ? 'in use' : `last used ${momentWords(used_at)}`;
  return [`From ${address} · signed in ${momentWords(created_at)} · ${used}`];
}
