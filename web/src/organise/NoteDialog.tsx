import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { setNote } from '../api/organise';
import { useImageDetail } from '../lightbox/useOpened';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Form, FormButtons } from '../ui/Form';
import { Problem } from '../ui/Problem';
import { TextArea } from '../ui/TextArea';

// Bytes are the server's limit; a letter has up to four.
const MAX_LENGTH = 2000;

interface Props {
  image: string;
  onSaved: () => void;
  onClose: () => void;
}

/** Writes a note to one picture; without a word it goes. */
export default function NoteDialog({ image, onSaved, onClose }: Props) {
  const { data: detail, error } = useImageDetail(image);
  const [typed, setTyped] = useState<string>();
  const note = typed ?? detail?.note ?? '';
  const save = useMutation({
    mutationFn: () => setNote(image, note),
    onSuccess: () => {
      onSaved();
      onClose();
    },
  });
  return createPortal(
    <Dialog title="Note" onClose={onClose}>
      <Form onSubmit={() => save.mutate()}>
        <TextArea
          label="Note"
          quiet
          rows={6}
          maxLength={MAX_LENGTH}
          disabled={detail === undefined}
          value={note}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Problem error={save.error ?? error} />
        <FormButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending || detail === undefined}>
            Save
          </Button>
        </FormButtons>
      </Form>
    </Dialog>,
    document.body,
  );
}
