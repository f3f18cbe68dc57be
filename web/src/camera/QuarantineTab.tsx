import { Binary, Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { linkTo } from '../address';
import type { Camera } from '../api/gallery';
import { quarantineUrl, type Quarantined } from '../api/quarantine';
import { momentWords, sizeWords } from '../time/words';
import { Awaited, Nothing } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { ButtonLink } from '../ui/ButtonLink';
import { Confirm } from '../ui/Confirm';
import { DownloadLink } from '../ui/DownloadLink';
import { Panel } from '../ui/Panel';
import { Row, Rows } from '../ui/Rows';
import { begun } from '../ui/troubleWords';
import { BytesDialog } from './BytesDialog';
import { beginsWords } from './hexDump';
import { useDeleteQuarantined, useQuarantine } from './useQuarantine';

interface Props {
  camera: Camera;
  mayOperate: boolean;
}

interface Task {
  do: 'look' | 'remove';
  bytes: Quarantined;
}

/** What the camera sent that was refused as a picture, and why: to look at, to save, to throw away. */
export default function QuarantineTab({ camera, mayOperate }: Props) {
  const quarantine = useQuarantine(camera.id);
  const remove = useDeleteQuarantined();
  const [task, setTask] = useState<Task>();
  const close = () => setTask(undefined);
  return (
    <Panel
      title="Quarantine"
      lead="What was refused as a picture is kept for 30 days, 64 MB of a camera at most, and then goes by itself. Download what you want to keep."
    >
      <Awaited query={quarantine} what="the quarantine">
        {({ pages }) => {
          const all = pages.flatMap((page) => page.quarantine);
          if (all.length === 0) return <Nothing>Nothing that it sent was refused lately.</Nothing>;
          return (
            <Rows label="Quarantine">
              {all.map((bytes) => (
                <Row key={bytes.id} name={begun(bytes.reason)} facts={factsOf(bytes)}>
                  {bytes.salvaged_id !== null && (
                    <ButtonLink href={linkTo({ camera: camera.id, image: bytes.salvaged_id })}>
                      The picture in it
                    </ButtonLink>
                  )}
                  <Button
                    icon={Binary}
                    aria-label={`Bytes of ${bytes.filename}`}
                    onClick={() => setTask({ do: 'look', bytes })}
                  >
                    Bytes
                  </Button>
                  <DownloadLink
                    icon={Download}
                    href={quarantineUrl(bytes.id)}
                    filename={bytes.filename}
                    label={`Download ${bytes.filename}`}
                  >
                    Download
                  </DownloadLink>
                  {mayOperate && (
                    <Button
                      icon={Trash2}
                      aria-label={`Remove ${bytes.filename}`}
                      onClick={() => setTask({ do: 'remove', bytes })}
                    >
                      Remove
                    </Button>
                  )}
                </Row>
              ))}
            </Rows>
          );
        }}
      </Awaited>
      {quarantine.hasNextPage && (
        <Button busy={quarantine.isFetching} onClick={() => void quarantine.fetchNextPage()}>
          Show older ones
        </Button>
      )}
      {task?.do === 'look' && <BytesDialog bytes={task.bytes} onClose={close} />}
      {task?.do === 'remove' && (
        <Confirm
          title="Remove these bytes?"
          action="Remove them"
          onConfirm={() => remove.mutateAsync(task.bytes.id)}
          onClose={close}
        >
          {`${task.bytes.filename} goes for good. A picture that was found in it stays.`}
        </Confirm>
      )}
    </Panel>
  );
}

function factsOf({ received_at, size_bytes, head, boot, sequence }: Quarantined): string[] {
  const named = boot === null || sequence === null ? [] : [`Sent as ${boot}, number ${sequence}`];
  return [`${momentWords(received_at)} · ${sizeWords(size_bytes)} · ${beginsWords(head)}`, ...named];
}
