import { useState } from 'react';
import { invitePerson, type Link } from '../api/people';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Form, FormButtons } from '../ui/Form';
import { Problem } from '../ui/Problem';
import { isolated } from '../ui/isolated';
import { grantsOf, type Chosen } from './grants';
import { LinkToSend } from './LinkToSend';
import { RightsFields } from './RightsFields';
import { useChange, useGroups } from './usePeople';

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const groups = useGroups();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<Chosen>(new Map([[null, 'viewer']]));
  const [link, setLink] = useState<Link>();
  const invite = useChange(() => invitePerson(name, grantsOf(chosen)), setLink);
  return (
    <Dialog
      title={link ? `Invitation for ${isolated(link.person.name)}` : 'Invite somebody'}
      onClose={onClose}
      insistent={link !== undefined}
    >
      {link ? (
        <LinkToSend link={link} onDone={onClose} />
      ) : (
        <Form onSubmit={() => invite.mutate()}>
          <Field
            label="Name"
            hint="To sign in with: a word, without spaces."
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            required
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <RightsFields groups={groups.data ?? []} chosen={chosen} onChange={setChosen} />
          <Problem error={invite.error} />
          <FormButtons>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" busy={invite.isPending}>
              Invite
            </Button>
          </FormButtons>
        </Form>
      )}
    </Dialog>
  );
}
