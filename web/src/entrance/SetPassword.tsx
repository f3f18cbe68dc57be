import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api/http';
import { lookAtLink, takeUpLink, type LinkFacts, type Session } from '../api/session';
import { Button } from '../ui/Button';
import { Form } from '../ui/Form';
import { PasswordField } from '../ui/PasswordField';
import { Problem } from '../ui/Problem';
import { isolated } from '../ui/isolated';
import { Username } from '../ui/Username';
import { ContinueWith } from './ContinueWith';
import { EntranceTitle } from './EntranceFrame';

interface Props {
  token: string;
  /** The name of the OpenID provider, with which an invitation needs no password; null: there is none. */
  openid: string | null;
  onEntered: (session: Session) => void;
  /** The password of `name` is set; they still have to sign in. */
  onReady: (name: string) => void;
  onGiveUp: () => void;
}

/** An invitation, or a link to set a new password. */
export function SetPassword(props: Props) {
  const { token, onGiveUp } = props;
  const { data, error, refetch } = useQuery({
    queryKey: ['link', token],
    queryFn: () => lookAtLink(token),
    retry: false,
  });
  if (data) return <PasswordForm {...props} {...data} />;
  if (!error) return null;
  const gone = error instanceof ApiError && error.wait_s === 0;
  return (
    <>
      <EntranceTitle title="This link does not work" />
      <Problem error={error} />
      <Button look="primary" onClick={gone ? onGiveUp : () => void refetch()}>
        {gone ? 'Go on without it' : 'Try again'}
      </Button>
    </>
  );
}

function PasswordForm(props: Props & LinkFacts) {
  const { token, openid, name, new: invited, onEntered, onReady, onGiveUp } = props;
  const [password, setPassword] = useState('');
  const attempt = useMutation({
    mutationFn: () => takeUpLink(token, password),
    onSuccess: (session) => {
      if (session) onEntered(session);
      else onReady(name);
    },
  });
  return (
    <>
      <EntranceTitle title={invited ? `Welcome, ${isolated(name)}` : 'Set a new password'}>
        <p>
          {invited
            ? 'You were invited. Choose a password; your name is what you sign in with.'
            : `For ${isolated(name)}. Whoever is signed in with the old one will have to sign in again.`}
        </p>
      </EntranceTitle>
      <Form onSubmit={() => attempt.mutate()}>
        {/* A password manager files the password under this name. */}
        <Username name={name} />
        <PasswordField label="Password" kind="new" value={password} onChange={setPassword} />
        <Problem error={attempt.error} />
        <Button type="submit" look="primary" busy={attempt.isPending}>
          Set the password
        </Button>
        <Button onClick={onGiveUp}>Not now</Button>
      </Form>
      {invited && openid !== null && <ContinueWith name={openid} link={token} />}
    </>
  );
}
