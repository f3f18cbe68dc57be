import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { setPassword } from '../api/account';
import { useVisit } from '../session/visit';
import { Button } from '../ui/Button';
import { Form, FormButtons } from '../ui/Form';
import { Panel } from '../ui/Panel';
import { PasswordField } from '../ui/PasswordField';
import { Problem } from '../ui/Problem';
import { Username } from '../ui/Username';
import { SESSIONS_KEY } from './BrowsersPanel';

export function PasswordPanel() {
  const { person } = useVisit();
  const queries = useQueryClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => setPassword(current, next),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      void queries.invalidateQueries({ queryKey: SESSIONS_KEY });
    },
  });
  if (!person.password) {
    return (
      <Panel title="Password">
        <p>You have none. For a way in without the provider, ask an administrator for a link to set one.</p>
      </Panel>
    );
  }
  return (
    <Panel title="Password" lead="When it changes, every other browser is signed out.">
      <Form onSubmit={() => change.mutate()}>
        <Username name={person.name} />
        <PasswordField label="Password now" kind="current" value={current} onChange={setCurrent} />
        <PasswordField label="New password" kind="new" value={next} onChange={setNext} />
        <Problem error={change.error} />
        <p role="status">{change.isSuccess && 'Your password is changed.'}</p>
        <FormButtons>
          <Button type="submit" busy={change.isPending}>
            Change the password
          </Button>
        </FormButtons>
      </Form>
    </Panel>
  );
}
