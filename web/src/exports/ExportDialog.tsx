import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import type { TableFormat } from '../api/exports';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Form, FormButtons } from '../ui/Form';
import { Problem } from '../ui/Problem';
import { Choice } from '../ui/Choice';
import styles from './ExportDialog.module.css';

const FORMATS = [
  { value: 'csv', label: 'CSV, for spreadsheets' },
  { value: 'json', label: 'JSON, for programs' },
] as const;

const WORDS: Record<TableFormat, string> = {
  csv: 'Opens in any spreadsheet. Texts that one would take for a formula begin with an apostrophe.',
  json: 'One list with every text exactly as it was written.',
};

interface Props {
  title: string;
  /** What a row of it tells. */
  about: string;
  /** Gives the reader the file. */
  give: (format: TableFormat) => Promise<void> | void;
  onClose: () => void;
}

/** Asks as what a table shall be saved. */
export default function ExportDialog({ title, about, give, onClose }: Props) {
  const [format, setFormat] = useState<TableFormat>('csv');
  const save = useMutation({ mutationFn: async () => give(format), onSuccess: onClose });
  return createPortal(
    <Dialog title={title} onClose={onClose}>
      <Form onSubmit={() => save.mutate()}>
        <p className={styles.about}>{about}</p>
        <Choice label="As" value={format} options={FORMATS} onChange={setFormat} />
        <p className={styles.note}>{WORDS[format]}</p>
        <Problem error={save.error} />
        <FormButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            Save
          </Button>
        </FormButtons>
      </Form>
    </Dialog>,
    document.body,
  );
}
