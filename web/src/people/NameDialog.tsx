import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Form, FormButtons } from '../ui/Form';
import { Problem } from '../ui/Problem';

interface Props {
  title: string;
  /** What it is called now. */
  name: string;
  action: string;
  onName: (name: string) => Promise<unknown>;
  onClose: () => void;
}

export function NameDialog({ title, name: before, action, onName, onClose }: Props) {
  const [name, setName] = useState(before);
  const save = useMutation({ mutationFn: () => onName(name), onSuccess: onClose });
  return (
    <Dialog title={title} onClose={onClose}>
      <Form onSubmit={() => save.mutate()}>
        <Field
          label="Name"
          autoComplete="off"
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Problem error={save.error} />
        <FormButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            {action}
          </Button>
        </FormButtons>
      </Form>
    </Dialog>
  );
}
