import { QueryClientProvider, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SharedFacts } from '../api/shared';
import { EntranceFrame, EntranceTitle } from '../entrance/EntranceFrame';
import { makeQueries } from '../queries';
import { Button } from '../ui/Button';
import { Form } from '../ui/Form';
import { PasswordField } from '../ui/PasswordField';
import { Problem } from '../ui/Problem';
import { asksForPassword, enterAgain, enterShare, leadsNowhere } from './enterShare';
import { SharedView } from './SharedView';

/** What somebody sees who was sent a link, and has no account. */
export default function SharedPage({ token }: { token: string }) {
  const [queries] = useState(makeQueries);
  return (
    <QueryClientProvider client={queries}>
      <Door token={token} />
    </QueryClientProvider>
  );
}

function Door({ token }: { token: string }) {
  const queries = useQueryClient();
  const key = ['shared', token];
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => enterAgain(token, signal),
    staleTime: Infinity,
    retry: false,
  });
  // What was opened may have ended since: then the reason is asked for.
  if (data && !error) return <SharedView key={data.id} facts={data} onEnded={() => void refetch()} />;
  if (!error) return null;
  if (asksForPassword(error)) {
    return <PasswordForm token={token} onEntered={(facts) => queries.setQueryData(key, facts)} />;
  }
  const gone = leadsNowhere(error);
  return (
    <EntranceFrame>
      <EntranceTitle title={gone ? 'Nothing to see here' : 'This link cannot be opened now'}>
        {gone && <p>This link leads nowhere, or not any more. Ask whoever sent it to you for a new one.</p>}
      </EntranceTitle>
      {!gone && (
        <>
          <Problem error={error} />
          <Button look="primary" onClick={() => void refetch()}>
            Try again
          </Button>
        </>
      )}
    </EntranceFrame>
  );
}

interface PasswordFormProps {
  token: string;
  onEntered: (facts: SharedFacts) => void;
}

function PasswordForm({ token, onEntered }: PasswordFormProps) {
  const [password, setPassword] = useState('');
  const attempt = useMutation({ mutationFn: () => enterShare(token, password), onSuccess: onEntered });
  return (
    <EntranceFrame>
      <EntranceTitle title="Somebody shared pictures with you">
        <p>They are behind a password. Whoever sent you the link knows it.</p>
      </EntranceTitle>
      <Form onSubmit={() => attempt.mutate()}>
        <PasswordField label="Password" kind="current" value={password} onChange={setPassword} />
        <Problem error={attempt.error} />
        <Button type="submit" look="primary" busy={attempt.isPending}>
          Show them
        </Button>
      </Form>
    </EntranceFrame>
  );
}
