import { useState } from 'react';
import { changeCamera, removeCamera } from '../api/cameras';
import type { Camera } from '../api/gallery';
import { useCameras } from '../gallery/useAlbum';
import { NameDialog } from '../people/NameDialog';
import { useChange } from '../people/usePeople';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Panel } from '../ui/Panel';
import { Problem } from '../ui/Problem';
import { Row, Rows } from '../ui/Rows';
import { cameraFacts } from './cameraFacts';
import { KeyDialog } from './KeyDialog';

interface Task {
  do: 'rename' | 'key' | 'remove';
  camera: Camera;
}

export function ListPanel() {
  const cameras = useCameras();
  const [task, setTask] = useState<Task>();
  if (!cameras.data?.length) return <Problem error={cameras.error} />;
  return (
    <Panel title="Cameras">
      <Problem error={cameras.error} />
      <Rows label="Cameras">
        {cameras.data.map((camera) => (
          <Row
            key={camera.id}
            name={camera.name}
            mark={camera.suspect_at === null ? undefined : 'in doubt'}
            facts={cameraFacts(camera)}
          >
            <Button aria-label={`Key of ${camera.name}`} onClick={() => setTask({ do: 'key', camera })}>
              Key
            </Button>
            <Button aria-label={`Rename ${camera.name}`} onClick={() => setTask({ do: 'rename', camera })}>
              Rename
            </Button>
            <Button aria-label={`Remove ${camera.name}`} onClick={() => setTask({ do: 'remove', camera })}>
              Remove
            </Button>
          </Row>
        ))}
      </Rows>
      {task && <TaskDialog task={task} onClose={() => setTask(undefined)} />}
    </Panel>
  );
}

function TaskDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const { id, name } = task.camera;
  const rename = useChange((next: string) => changeCamera(id, { name: next }));
  const remove = useChange(() => removeCamera(id));
  if (task.do === 'key') return <KeyDialog camera={task.camera} onClose={onClose} />;
  if (task.do === 'rename') {
    return (
      <NameDialog
        title={`Rename ${name}`}
        name={name}
        action="Rename it"
        onName={(next) => rename.mutateAsync(next)}
        onClose={onClose}
      />
    );
  }
  return (
    <Confirm
      title={`Remove ${name}?`}
      action="Remove the camera"
      onConfirm={() => remove.mutateAsync()}
      onClose={onClose}
    >
      Its key stops working at once. Its pictures stay on the server, but not in the gallery’s list of
      cameras.
    </Confirm>
  );
}
