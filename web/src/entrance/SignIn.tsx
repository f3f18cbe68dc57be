import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../api/http';
import { signIn, type Session } from '../api/session';
import { returnedWords, type Returned } from '../session/openid';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { Form } from '../ui/Form';
import { PasswordField } from '../ui/PasswordField';
import { Problem } from '../ui/Problem';
import { ContinueWith } from './ContinueWith';
import { EntranceTitle } from './EntranceFrame';

interface Props {
  /** Who has just set a password by a link. */
  name: string | undefined;
  /** They came with a set-up link, and somebody has an account already. */
  usedSetUp: boolean;
  /** The name of the OpenID provider; null: there is none. */
  openid: string | null;
  /** How it went there. */
  returned: Returned | undefined;
  onEntered: (session: Session) => void;
}

function asksForCode(error: Error | null): boolean {
  return error instanceof ApiError && error.kind === 'second-factor';
}

export function SignIn({ name: ready, usedSetUp, openid, returned, onEntered }: Props) {
  const [name, setName] = useState(ready ?? '');
  const [password, setPassword] = useState('');
  // Null: not asked for yet.
  const [code, setCode] = useState<string | null>(null);
  const attempt = useMutation({
    mutationFn: (typed: string | null) => signIn(name, password, typed),
    onSuccess: onEntered,
    onError: (error) => {
      if (asksForCode(error)) setCode('');
    },
  });
  const codeField = useRef<HTMLInputElement>(null);
  const codeAsked = code !== null;
  useEffect(() => {
    if (codeAsked) codeField.current?.focus();
  }, [codeAsked]);

  // The first time, a code that is missing is no mistake.
  const firstAsked = asksForCode(attempt.error) && attempt.variables === null;
  return (
    <>
      <EntranceTitle title="Sign in">
        {ready !== undefined && (
          <p>Your new password is set. Sign in with it, and with your second factor.</p>
        )}
        {returned && <p role="alert">{returnedWords(returned, openid)}</p>}
        {usedSetUp && <p>The first account was made already. That link has done its work.</p>}
      </EntranceTitle>
      <Form onSubmit={() => attempt.mutate(code)}>
        <Field
          label="Name"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <PasswordField label="Password" kind="current" value={password} onChange={setPassword} />
        {codeAsked && (
          <Field
            ref={codeField}
            label="Code of your second factor"
            hint="From the app on your phone. If you have lost that: one of your recovery codes."
            name="code"
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            required
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
        <Problem error={firstAsked ? null : attempt.error} />
        <Button type="submit" look="primary" busy={attempt.isPending}>
          Sign in
        </Button>
      </Form>
      {openid !== null && <ContinueWith name={openid} />}
    </>
  );
}
