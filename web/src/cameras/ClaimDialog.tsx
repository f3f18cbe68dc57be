import { useState } from 'react';
import { claimCamera } from '../api/cameras';
import { useChange } from '../people/usePeople';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Form, FormButtons } from '../ui/Form';
import { Problem } from '../ui/Problem';

export function ClaimDialog({ onClose }: { onClose: () => void }) {
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const claim = useChange(() => claimCamera(code, name), onClose);
  return (
    <Dialog title="Add the camera that shows a code" onClose={onClose}>
      <Form onSubmit={() => claim.mutate()}>
        <Field
          label="Code"
          hint="Eight letters and digits, on the camera’s own page or its serial line."
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          required
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <Field
          label="Name"
          hint="What people call it: “Orchard north”."
          autoComplete="off"
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Problem error={claim.error} />
        <FormButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={claim.isPending}>
            Add it
          </Button>
        </FormButtons>
      </Form>
    </Dialog>
  );
}
