import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { createPortal } from 'react-dom';
import { tagImages, type Outcome } from '../api/organise';
import { pictureWords } from '../time/words';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Form, FormButtons } from '../ui/Form';
import { Problem } from '../ui/Problem';
import { tagsIn } from './tags';
import { useTags } from './useOrganise';

interface Props {
  images: readonly string[];
  onDone: (outcome: Outcome) => void;
  onClose: () => void;
}

/** Adds tags to many pictures, and takes some away. */
export default function TagDialog({ images, onDone, onClose }: Props) {
  const [add, setAdd] = useState('');
  const [remove, setRemove] = useState('');
  const listId = useId();
  const { data: tags } = useTags();
  const change = { add: tagsIn(add), remove: tagsIn(remove) };
  const tag = useMutation({
    mutationFn: () => tagImages(images, change),
    onSuccess: (outcome) => {
      onDone(outcome);
      onClose();
    },
  });
  return createPortal(
    <Dialog title={`Tags of ${pictureWords(images.length)}`} onClose={onClose}>
      <Form onSubmit={() => tag.mutate()}>
        <Field
          label="Add"
          hint="Words or short names, with commas between them"
          list={listId}
          value={add}
          onChange={(event) => setAdd(event.target.value)}
        />
        <Field
          label="Take away"
          list={listId}
          value={remove}
          onChange={(event) => setRemove(event.target.value)}
        />
        <datalist id={listId}>
          {tags?.map((one) => (
            <option key={one.tag} value={one.tag} />
          ))}
        </datalist>
        <Problem error={tag.error} />
        <FormButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            busy={tag.isPending || change.add.length + change.remove.length === 0}
          >
            Save
          </Button>
        </FormButtons>
      </Form>
    </Dialog>,
    document.body,
  );
}
