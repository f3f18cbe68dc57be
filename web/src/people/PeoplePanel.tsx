import { KeyRound, ShieldCheck, ShieldOff, Trash2, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { deletePerson, makeLink, resetSecondFactor, type Person } from '../api/people';
import { useVisit } from '../session/visit';
import { Awaited, Failed } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Panel } from '../ui/Panel';
import { Row, Rows } from '../ui/Rows';
import { isolated } from '../ui/isolated';
import { grantWords } from './grants';
import { InviteDialog } from './InviteDialog';
import { NewLinkDialog } from './NewLinkDialog';
import { RightsDialog } from './RightsDialog';
import { useChange, useGroups, usePeople } from './usePeople';

/** What is being done with whom. */
type Task = { do: 'invite' } | { do: 'rights' | 'link' | 'second factor' | 'remove'; person: Person };

export function PeoplePanel() {
  const people = usePeople();
  const groups = useGroups();
  const { person: reader } = useVisit();
  const [task, setTask] = useState<Task>();
  const known = groups.data ?? [];
  return (
    <Panel
      title="Who may sign in"
      lead="A viewer sees pictures. An operator also stars, tidies and shares. An administrator also adds, removes, and sets rules; of every camera: the server too."
      action={
        <Button icon={UserPlus} onClick={() => setTask({ do: 'invite' })}>
          Invite
        </Button>
      }
    >
      {groups.error && <Failed error={groups.error} onAgain={() => void groups.refetch()} />}
      <Awaited query={people} what="the people">
        {(all) => (
          <Rows label="People">
            {all.map((person) => (
              <Row
                key={person.id}
                name={person.name}
                mark={markOf(person, reader.id)}
                facts={[
                  grantWords(person.grants, known),
                  ...(person.second_factor ? ['Second factor in use'] : []),
                ]}
              >
                <Tools person={person} self={person.id === reader.id} onTask={setTask} />
              </Row>
            ))}
          </Rows>
        )}
      </Awaited>
      {task && <TaskDialog task={task} onClose={() => setTask(undefined)} />}
    </Panel>
  );
}

function markOf({ id, invited }: Person, readerId: string | null): string | undefined {
  if (id === readerId) return 'you';
  return invited ? 'invited' : undefined;
}

interface ToolsProps {
  person: Person;
  /** The reader: their own password and second factor are on a page of their own. */
  self: boolean;
  onTask: (task: Task) => void;
}

function Tools({ person, self, onTask }: ToolsProps) {
  const { name, invited } = person;
  return (
    <>
      <Button
        icon={ShieldCheck}
        aria-label={`Rights of ${isolated(name)}`}
        onClick={() => onTask({ do: 'rights', person })}
      >
        Rights
      </Button>
      {!self && (
        <Button
          icon={KeyRound}
          aria-label={invited ? `New invitation for ${isolated(name)}` : `New password for ${isolated(name)}`}
          onClick={() => onTask({ do: 'link', person })}
        >
          {invited ? 'Invite again' : 'New password'}
        </Button>
      )}
      {!self && person.second_factor && (
        <Button
          icon={ShieldOff}
          aria-label={`Reset the second factor of ${isolated(name)}`}
          onClick={() => onTask({ do: 'second factor', person })}
        >
          Reset second factor
        </Button>
      )}
      <Button
        icon={Trash2}
        aria-label={`Remove ${isolated(name)}`}
        onClick={() => onTask({ do: 'remove', person })}
      >
        Remove
      </Button>
    </>
  );
}

function TaskDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const link = useChange(makeLink);
  const reset = useChange(resetSecondFactor);
  const remove = useChange(deletePerson);
  if (task.do === 'invite') return <InviteDialog onClose={onClose} />;
  const { id, name, invited } = task.person;
  switch (task.do) {
    case 'rights':
      return <RightsDialog person={task.person} onClose={onClose} />;
    case 'link':
      return <NewLinkDialog person={task.person} make={() => link.mutateAsync(id)} onClose={onClose} />;
    case 'second factor':
      return (
        <Confirm
          title={`Reset the second factor of ${isolated(name)}?`}
          action="Reset it"
          onConfirm={() => reset.mutateAsync(id)}
          onClose={onClose}
        >
          Their password alone lets them in from then on. Make sure it is them who ask for it.
        </Confirm>
      );
    case 'remove':
      return (
        <Confirm
          title={`Remove ${isolated(name)}?`}
          action={invited ? 'Take the invitation back' : 'Remove them'}
          onConfirm={() => remove.mutateAsync(id)}
          onClose={onClose}
        >
          They are signed out at once, and their tokens end. Cameras and pictures stay.
        </Confirm>
      );
  }
}
