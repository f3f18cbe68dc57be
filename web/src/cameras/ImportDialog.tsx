import { Download } from 'lucide-react';
import { useState } from 'react';
import { importCameras } from '../api/cameras';
import { useChange } from '../people/usePeople';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Form, FormButtons } from '../ui/Form';
import { Problem } from '../ui/Problem';
import { saveText } from '../ui/saveFile';

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState<File>();
  const [keys, setKeys] = useState<string>();
  const send = useChange(async () => importCameras((await file?.text()) ?? ''), setKeys);
  if (keys !== undefined) {
    return (
      <Dialog title="The cameras are there" onClose={onClose} insistent>
        <Form onSubmit={onClose}>
          <p>Their keys are in a table, which can be had only now.</p>
          <FormButtons>
            <Button icon={Download} look="primary" onClick={() => saveText('cameras.csv', keys)}>
              Save the table
            </Button>
            <Button type="submit">Done</Button>
          </FormButtons>
        </Form>
      </Dialog>
    );
  }
  return (
    <Dialog title="Import a table" onClose={onClose}>
      <Form onSubmit={() => send.mutate()}>
        <Field
          label="Table"
          type="file"
          accept=".csv,text/csv"
          hint="CSV, as a spreadsheet saves it, with a column “name” and, if you like, “group”."
          required
          onChange={(event) => setFile(event.target.files?.[0])}
        />
        <Problem error={send.error} />
        <FormButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={send.isPending}>
            Add them
          </Button>
        </FormButtons>
      </Form>
    </Dialog>
  );
}
