import { useState } from 'react';
import type { RetentionPreview, RetentionRule } from '../api/retention';
import { Button } from '../ui/Button';
import { Checkbox } from '../ui/Checkbox';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Form, FormButtons } from '../ui/Form';
import { Problem } from '../ui/Problem';
import { isolated } from '../ui/isolated';
import { formOf, isSame, previewWords, reasonWords, ruleOf, type RuleForm } from './rules';
import styles from './RuleDialog.module.css';
import { roomWords } from './storageWords';
import { usePreview, useSetRule } from './useStorage';

const SHOWN_CAMERAS = 5;

const FIELDS: readonly { key: keyof RuleForm; label: string; unit: string; hint: string }[] = [
  { key: 'keep_days', label: 'Age', unit: 'days', hint: 'Older pictures go' },
  { key: 'keep_gb', label: 'Room', unit: 'GB', hint: 'The oldest go when they take more' },
  { key: 'keep_images', label: 'Number', unit: 'pictures', hint: 'The oldest go when there are more' },
  { key: 'all_days', label: 'One an hour after', unit: 'days', hint: 'The first of each hour stays' },
  { key: 'hourly_days', label: 'One a day after', unit: 'days', hint: 'The first of each day stays' },
];

interface Props {
  camera: { id: string; name: string } | undefined;
  rule: RetentionRule;
  /** What holds for a camera that has no rule of its own. */
  common: RetentionRule;
  onClose: () => void;
}

/** A rule as a form, with what it would remove before anything is changed. */
export function RuleDialog({ camera, rule: before, common, onClose }: Props) {
  const [form, setForm] = useState(() => formOf(before));
  const [asAll, setAsAll] = useState(false);
  // Looked at when it is asked for: with every key pressed would be much work for the server.
  const [looked, setLooked] = useState<RetentionRule>();
  const save = useSetRule(camera?.id, onClose);
  const preview = usePreview(camera?.id, looked);
  const rule = asAll ? common : ruleOf(form);
  const wrong = typeof rule === 'string' ? rule : undefined;
  const seen = isSame(looked, rule) && !preview.isPlaceholderData ? preview.data : undefined;

  function onSubmit(): void {
    if (typeof rule === 'string') return;
    if (seen) save.mutate(asAll ? null : rule);
    else setLooked(rule);
  }

  return (
    <Dialog
      title={camera ? `What is kept of ${isolated(camera.name)}` : 'What is kept of all cameras'}
      onClose={onClose}
    >
      <Form onSubmit={onSubmit}>
        {camera && <Checkbox label="As of all cameras" checked={asAll} onChange={setAsAll} />}
        {!asAll && <RuleFields form={form} onChange={setForm} />}
        {!camera && <p className={styles.lead}>Room and number are of all cameras together.</p>}
        {wrong !== undefined && (
          <p role="status" className={styles.wrong}>
            {wrong}
          </p>
        )}
        <div role="status">
          {preview.isFetching && <p className={styles.lead}>Looking at what would go …</p>}
          {seen && <Preview preview={seen} />}
        </div>
        <Problem error={preview.error ?? save.error} />
        <FormButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            busy={save.isPending || preview.isFetching || wrong !== undefined}
          >
            {seen ? 'Set this rule' : 'Show what would go'}
          </Button>
        </FormButtons>
      </Form>
    </Dialog>
  );
}

function RuleFields({ form, onChange }: { form: RuleForm; onChange: (form: RuleForm) => void }) {
  return (
    <div className={styles.fields}>
      {FIELDS.map(({ key, label, unit, hint }) => (
        <Field
          key={key}
          label={label}
          unit={unit}
          hint={hint}
          placeholder="no limit"
          inputMode="decimal"
          value={form[key]}
          onChange={(event) => onChange({ ...form, [key]: event.target.value })}
        />
      ))}
    </div>
  );
}

function Preview({ preview }: { preview: RetentionPreview }) {
  const shown = preview.cameras.toSorted((a, b) => b.bytes - a.bytes).slice(0, SHOWN_CAMERAS);
  const more = preview.cameras.length - shown.length;
  return (
    <div className={styles.preview}>
      <p className={styles.words}>{previewWords(preview)}</p>
      {preview.images > 0 && <p className={styles.lead}>{reasonWords(preview)}</p>}
      <ul>
        {shown.map(({ id, name, images, bytes }) => (
          <li key={id} className={styles.camera}>
            <span>{name}</span>
            <span>
              {images} · {roomWords(bytes)}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className={styles.lead}>and {more} more</p>}
    </div>
  );
}
