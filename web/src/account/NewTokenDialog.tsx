import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { makeToken, type NewApiToken, type Scope } from '../api/account';
import { useVisit } from '../session/visit';
import { Button } from '../ui/Button';
import { Checkbox } from '../ui/Checkbox';
import { Choice } from '../ui/Choice';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Form, FormButtons } from '../ui/Form';
import { Problem } from '../ui/Problem';
import { ShownOnce } from '../ui/ShownOnce';
import { expiryAfter, LIFETIMES, scopeChoices } from './scopes';

interface Props {
  onMade: () => void;
  onClose: () => void;
}

export function NewTokenDialog({ onMade, onClose }: Props) {
  const [made, setMade] = useState<NewApiToken>();
  return (
    <Dialog title={made ? made.name : 'Make a token'} onClose={onClose} insistent={made !== undefined}>
      {made ? (
        <ShownOnce
          lead="Give this token to the program. It is shown only now."
          secret={made.token}
          what="token"
          onDone={onClose}
        />
      ) : (
        <TokenForm
          onMade={(token) => {
            setMade(token);
            onMade();
          }}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}

interface TokenFormProps {
  onMade: (token: NewApiToken) => void;
  onCancel: () => void;
}

function TokenForm({ onMade, onCancel }: TokenFormProps) {
  const { person } = useVisit();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>(['read']);
  const [days, setDays] = useState<number | null>(90);
  const make = useMutation({
    mutationFn: () => makeToken({ name, scopes: [...scopes], expires_at: expiryAfter(days, Date.now()) }),
    onSuccess: onMade,
  });
  return (
    <Form onSubmit={() => make.mutate()}>
      <Field
        label="Name"
        hint="What uses it: “backup script”."
        autoComplete="off"
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset>
        <legend>It may</legend>
        {scopeChoices(person).map(({ scope, label }) => (
          <Checkbox
            key={scope}
            label={label}
            checked={scopes.includes(scope)}
            onChange={(on) => setScopes(on ? [...scopes, scope] : scopes.filter((one) => one !== scope))}
          />
        ))}
      </fieldset>
      <Choice
        label="It lasts"
        value={String(days)}
        options={LIFETIMES.map(({ days: value, label }) => ({ value: String(value), label }))}
        onChange={(value) => setDays(value === 'null' ? null : Number(value))}
      />
      <Problem error={make.error} />
      <FormButtons>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" busy={make.isPending}>
          Make the token
        </Button>
      </FormButtons>
    </Form>
  );
}
