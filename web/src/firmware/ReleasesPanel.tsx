import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { addRelease, deleteRelease, startRollout, type Release } from '../api/firmware';
import { momentWords } from '../time/words';
import { Awaited, Nothing } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Form, FormButtons } from '../ui/Form';
import { Panel } from '../ui/Panel';
import { Problem } from '../ui/Problem';
import { Row, Rows } from '../ui/Rows';
import { releaseName } from './rolloutWords';
import { useFirmwareChange, useReleases } from './useFirmware';

export function ReleasesPanel() {
  const releases = useReleases();
  const start = useFirmwareChange(startRollout);
  const remove = useFirmwareChange(deleteRelease);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Release>();
  return (
    <Panel
      title="Releases"
      lead="Signed with “heliograph ota sign”, on a machine of yours: this server neither has nor needs the key."
      action={
        <Button icon={FileUp} onClick={() => setAdding(true)}>
          Add a release
        </Button>
      }
    >
      <Problem error={start.error} />
      <Awaited query={releases} what="the releases">
        {(known) =>
          known.length === 0 ? (
            <Nothing>There is no release yet.</Nothing>
          ) : (
            <Rows label="Releases">
              {known.map((release) => (
                <Row
                  key={release.id}
                  name={releaseName(release)}
                  mark={release.downgrade ? 'may go back' : undefined}
                  facts={[
                    `security ${release.security}`,
                    `${release.actor}, ${momentWords(release.created_at)}`,
                  ]}
                >
                  <Button
                    aria-label={`Bring ${releaseName(release)} to one camera`}
                    busy={start.isPending}
                    onClick={() => start.mutate(release.id)}
                  >
                    Bring to one camera
                  </Button>
                  <Button aria-label={`Remove ${releaseName(release)}`} onClick={() => setRemoving(release)}>
                    Remove
                  </Button>
                </Row>
              ))}
            </Rows>
          )
        }
      </Awaited>
      {adding && <AddReleaseDialog onClose={() => setAdding(false)} />}
      {removing && (
        <Confirm
          title={`Remove ${releaseName(removing)}?`}
          action="Remove it"
          onConfirm={async () => remove.mutateAsync(removing.id).then(() => undefined)}
          onClose={() => setRemoving(undefined)}
        >
          Its file goes, and what is known of its rollouts. Cameras that run it keep it.
        </Confirm>
      )}
    </Panel>
  );
}

function AddReleaseDialog({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState<File>();
  const add = useFirmwareChange(addRelease);
  const send = () => {
    if (file) add.mutate(file, { onSuccess: onClose });
  };
  return (
    <Dialog title="Add a release" onClose={onClose}>
      <Form onSubmit={send}>
        <Field
          label="Signed image"
          type="file"
          hint="What “heliograph ota sign” made: one file, its name ends with .signed."
          required
          onChange={(event) => setFile(event.target.files?.[0])}
        />
        <Problem error={add.error} />
        <FormButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={add.isPending}>
            Add it
          </Button>
        </FormButtons>
      </Form>
    </Dialog>
  );
}
