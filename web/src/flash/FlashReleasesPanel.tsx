import { useMemo, useState } from 'react';
import { addressOfFlashImage, putFlashImage, type FlashImage, type Release } from '../api/firmware';
import { releaseName } from '../firmware/rolloutWords';
import { useFirmwareChange, useFlashImages, useReleases } from '../firmware/useFirmware';
import { Awaited, Failed, Nothing } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Form, FormButtons } from '../ui/Form';
import { Panel } from '../ui/Panel';
import { Problem } from '../ui/Problem';
import { Row, Rows } from '../ui/Rows';
import { InstallButton } from './InstallButton';
import { isForABoard, releasedBoard, sizeWords } from './releasedBoard';

/** Releases with which boards are flashed, and those to which somebody may bring what that takes. */
export function FlashReleasesPanel({ able }: { able: boolean }) {
  const releases = useReleases();
  const images = useFlashImages();
  const [adding, setAdding] = useState<Release>();
  return (
    <Panel
      title="Releases"
      lead="A signed release is a program alone. With the flash image of the same build beside it, new boards are flashed from here."
    >
      {images.error && <Failed error={images.error} onAgain={() => void images.refetch()} />}
      <Awaited query={releases} what="the releases">
        {(known) => {
          const forBoards = known.filter(isForABoard);
          if (forBoards.length === 0) return <Nothing>There is no release for a board yet.</Nothing>;
          return (
            <Rows label="Releases">
              {forBoards.map((release) => (
                <ReleaseRow
                  key={release.id}
                  release={release}
                  image={images.data?.find((image) => image.release === release.id)}
                  able={able}
                  onAdd={() => setAdding(release)}
                />
              ))}
            </Rows>
          );
        }}
      </Awaited>
      {adding && <AddImageDialog release={adding} onClose={() => setAdding(undefined)} />}
    </Panel>
  );
}

interface ReleaseRowProps {
  release: Release;
  image: FlashImage | undefined;
  able: boolean;
  onAdd: () => void;
}

function ReleaseRow({ release, image, able, onAdd }: ReleaseRowProps) {
  const board = useMemo(
    () => (image ? releasedBoard(release, image, addressOfFlashImage(image)) : undefined),
    [release, image],
  );
  const name = releaseName(release);
  return (
    <Row name={name} facts={[board ? sizeWords(board) : 'No flash image: for boards that run Heliograph.']}>
      {board && able && <InstallButton board={board} />}
      <Button aria-label={`${board ? 'Replace' : 'Add'} the flash image of ${name}`} onClick={onAdd}>
        {board ? 'Replace' : 'Add a flash image'}
      </Button>
    </Row>
  );
}

function AddImageDialog({ release, onClose }: { release: Release; onClose: () => void }) {
  const [file, setFile] = useState<File>();
  const put = useFirmwareChange(putFlashImage);
  const send = () => {
    if (file) put.mutate({ release: release.id, file }, { onSuccess: onClose });
  };
  return (
    <Dialog title={`Flash image of ${releaseName(release)}`} onClose={onClose}>
      <Form onSubmit={send}>
        <Field
          label="Flash image"
          type="file"
          hint="The merged-binary.bin of the build whose program was signed: boot loader, partitions and program."
          required
          onChange={(event) => setFile(event.target.files?.[0])}
        />
        <Problem error={put.error} />
        <FormButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={put.isPending}>
            Add it
          </Button>
        </FormButtons>
      </Form>
    </Dialog>
  );
}
