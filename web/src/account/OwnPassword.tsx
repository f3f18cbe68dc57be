import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useVisit } from '../session/visit';
import { Button } from '../ui/Button';
import { Form, FormButtons } from '../ui/Form';
import { PasswordField } from '../ui/PasswordField';
import { Problem } from '../ui/Problem';
import { Username } from '../ui/Username';

interface Props<T> {
  lead: string;
  action: string;
  act: (password: string) => Promise<T>;
  onDone: (result: T) => void;
  onCancel: () => void;
}

/** Asks once more for the password: a browser left open should not be enough. */
export function OwnPassword<T>({ lead, action, act, onDone, onCancel }: Props<T>) {
  const { person } = useVisit();
  const [password, setPassword] = useState('');
  const confirm = useMutation({ mutationFn: () => act(password), onSuccess: onDone });
  return (
    <Form onSubmit={() => confirm.mutate()}>
      <p>{lead}</p>
      <Username name={person.name} />
      <PasswordField label="Your password" kind="current" value={password} onChange={setPassword} />
      <Problem error={confirm.error} />
      <FormButtons>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" busy={confirm.isPending}>
          {action}
        </Button>
      </FormButtons>
    </Form>
  );
}
