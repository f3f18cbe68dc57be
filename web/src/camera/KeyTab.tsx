import { useState } from 'react';
import { useLocation } from 'wouter';
import { linkToPage } from '../address';
import { changeCamera, removeCamera } from '../api/cameras';
import type { Camera } from '../api/gallery';
import { NameDialog } from '../people/NameDialog';
import { useChange } from '../people/usePeople';
import { momentWords } from '../time/words';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Panel } from '../ui/Panel';
import { Row, Rows } from '../ui/Rows';
import { isolated } from '../ui/isolated';
import { KeyPanel } from './KeyPanel';

/** What a camera is called, the key it comes in with, and its end. */
export default function KeyTab({ camera }: { camera: Camera }) {
  const { id, name, created_at } = camera;
  const [task, setTask] = useState<'rename' | 'remove'>();
  const [, goTo] = useLocation();
  const rename = useChange((next: string) => changeCamera(id, { name: next }));
  const remove = useChange(() => removeCamera(id));
  const close = () => setTask(undefined);
  return (
    <>
      <Panel title="Name">
        <Rows label="Name">
          <Row name={name} facts={[`Added ${momentWords(created_at)}`]}>
            <Button onClick={() => setTask('rename')}>Rename</Button>
            <Button look="danger" onClick={() => setTask('remove')}>
              Remove the camera
            </Button>
          </Row>
        </Rows>
      </Panel>
      <KeyPanel camera={camera} />
      {task === 'rename' && (
        <NameDialog
          title={`Rename ${isolated(name)}`}
          name={name}
          action="Rename it"
          onName={(next) => rename.mutateAsync(next)}
          onClose={close}
        />
      )}
      {task === 'remove' && (
        <Confirm
          title={`Remove ${isolated(name)}?`}
          action="Remove it"
          onConfirm={async () => {
            await remove.mutateAsync();
            goTo(linkToPage('fleet'));
          }}
          onClose={close}
        >
          Its key stops working at once. Its pictures stay on the server, but not in the gallery’s list of
          cameras.
        </Confirm>
      )}
    </>
  );
}
