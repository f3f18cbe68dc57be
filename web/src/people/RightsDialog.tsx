import { useState } from 'react';
import { setGrants, type Person } from '../api/people';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Form, FormButtons } from '../ui/Form';
import { Problem } from '../ui/Problem';
import { isolated } from '../ui/isolated';
import { chosenOf, grantsOf } from './grants';
import { RightsFields } from './RightsFields';
import { useChange, useGroups } from './usePeople';

export function RightsDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const groups = useGroups();
  const [chosen, setChosen] = useState(() => chosenOf(person.grants));
  const save = useChange(() => setGrants(person.id, grantsOf(chosen)), onClose);
  return (
    <Dialog title={`Rights of ${isolated(person.name)}`} onClose={onClose}>
      <Form onSubmit={() => save.mutate()}>
        <RightsFields groups={groups.data ?? []} chosen={chosen} onChange={setChosen} />
        <Problem error={save.error} />
        <FormButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            Save
          </Button>
        </FormButtons>
      </Form>
    </Dialog>
  );
}
