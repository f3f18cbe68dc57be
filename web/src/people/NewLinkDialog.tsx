import { useMutation } from '@tanstack/react-query';
import type { Link, Person } from '../api/people';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Form, FormButtons } from '../ui/Form';
import { Problem } from '../ui/Problem';
import { isolated } from '../ui/isolated';
import { LinkToSend } from './LinkToSend';

interface Props {
  person: Person;
  make: () => Promise<Link>;
  onClose: () => void;
}

/** For somebody who has forgotten their password, or whose invitation is too old. */
export function NewLinkDialog({ person, make, onClose }: Props) {
  const { data: link, error, isPending, mutate } = useMutation({ mutationFn: make });
  const kind = person.invited ? 'invitation' : 'password';
  return (
    <Dialog
      title={`New ${kind} for ${isolated(person.name)}`}
      onClose={onClose}
      insistent={link !== undefined}
    >
      {link ? (
        <LinkToSend link={link} onDone={onClose} />
      ) : (
        <Form onSubmit={() => mutate()}>
          <p>
            A link lets them set {person.invited ? 'a password' : 'a new password'}. A link from before stops
            working. {!person.invited && 'Until they use it, nothing changes for them.'}
          </p>
          <Problem error={error} />
          <FormButtons>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" busy={isPending}>
              Make a link
            </Button>
          </FormButtons>
        </Form>
      )}
    </Dialog>
  );
}
