import { useState } from 'react';
import { addCamera, type CameraKey } from '../api/cameras';
import { useChange } from '../people/usePeople';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Form, FormButtons } from '../ui/Form';
import { Problem } from '../ui/Problem';
import { CameraKeyShown } from './CameraKeyShown';

export function AddDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [camera, setCamera] = useState<CameraKey>();
  const add = useChange(() => addCamera(name), setCamera);
  return (
    <Dialog title={camera?.name ?? 'Add a camera'} onClose={onClose} insistent={camera !== undefined}>
      {camera ? (
        <CameraKeyShown camera={camera} onDone={onClose} />
      ) : (
        <Form onSubmit={() => add.mutate()}>
          <Field
            label="Name"
            hint="What people call it: “Orchard north”."
            autoComplete="off"
            required
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Problem error={add.error} />
          <FormButtons>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" busy={add.isPending}>
              Add it
            </Button>
          </FormButtons>
        </Form>
      )}
    </Dialog>
  );
}
