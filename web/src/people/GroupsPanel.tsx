import { FolderPlus } from 'lucide-react';
import { useState } from 'react';
import { addGroup, deleteGroup, renameGroup, type Group } from '../api/people';
import { numberWords } from '../time/words';
import { Awaited, Nothing } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Panel } from '../ui/Panel';
import { Row, Rows } from '../ui/Rows';
import { isolated } from '../ui/isolated';
import { NameDialog } from './NameDialog';
import { useChange, useGroups } from './usePeople';

type Task = { do: 'make' } | { do: 'rename' | 'remove'; group: Group };

function cameraWords(count: number): string {
  return count === 1 ? '1 camera' : `${numberWords(count)} cameras`;
}

export function GroupsPanel() {
  const groups = useGroups();
  const [task, setTask] = useState<Task>();
  return (
    <Panel
      title="Groups of cameras"
      lead="Somebody who may see a group sees its cameras, and those that join it later."
      action={
        <Button icon={FolderPlus} onClick={() => setTask({ do: 'make' })}>
          Make a group
        </Button>
      }
    >
      <Awaited query={groups} what="the groups">
        {(known) =>
          known.length === 0 ? (
            <Nothing>There is no group yet.</Nothing>
          ) : (
            <Rows label="Groups">
              {known.map((group) => (
                <Row key={group.id} name={group.name} facts={[cameraWords(group.cameras.length)]}>
                  <Button
                    aria-label={`Rename ${isolated(group.name)}`}
                    onClick={() => setTask({ do: 'rename', group })}
                  >
                    Rename
                  </Button>
                  <Button
                    aria-label={`Remove ${isolated(group.name)}`}
                    onClick={() => setTask({ do: 'remove', group })}
                  >
                    Remove
                  </Button>
                </Row>
              ))}
            </Rows>
          )
        }
      </Awaited>
      {task && <TaskDialog task={task} onClose={() => setTask(undefined)} />}
    </Panel>
  );
}

function TaskDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const make = useChange(addGroup);
  const rename = useChange(({ id, name }: { id: string; name: string }) => renameGroup(id, name));
  const remove = useChange(deleteGroup);
  if (task.do === 'make') {
    return (
      <NameDialog
        title="Make a group"
        name=""
        action="Make it"
        onName={(name) => make.mutateAsync(name)}
        onClose={onClose}
      />
    );
  }
  const { id, name } = task.group;
  if (task.do === 'rename') {
    return (
      <NameDialog
        title={`Rename ${isolated(name)}`}
        name={name}
        action="Rename it"
        onName={(next) => rename.mutateAsync({ id, name: next })}
        onClose={onClose}
      />
    );
  }
  return (
    <Confirm
      title={`Remove ${isolated(name)}?`}
      action="Remove the group"
      onConfirm={() => remove.mutateAsync(id)}
      onClose={onClose}
    >
      Its cameras stay, in no group. Who could see them by this group cannot any more.
    </Confirm>
  );
}
