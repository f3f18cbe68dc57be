import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { setUp, type Session } from '../api/session';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { Form } from '../ui/Form';
import { PasswordField } from '../ui/PasswordField';
import { Problem } from '../ui/Problem';
import { EntranceTitle } from './EntranceFrame';

interface Props {
  token: string;
  onEntered: (session: Session) => void;
}

/** The first account, which administers everything. */
export function SetUp({ token, onEntered }: Props) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const attempt = useMutation({ mutationFn: () => setUp(token, name, password), onSuccess: onEntered });
  return (
    <>
      <EntranceTitle title="Welcome">
        <p>Make the first account of this server. It may do everything, and invites others.</p>
      </EntranceTitle>
      <Form onSubmit={() => attempt.mutate()}>
        <Field
          label="Name"
          hint="To sign in with: a word, without spaces."
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <PasswordField label="Password" kind="new" value={password} onChange={setPassword} />
        <Problem error={attempt.error} />
        <Button type="submit" look="primary" busy={attempt.isPending}>
          Make the account
        </Button>
      </Form>
    </>
  );
}
