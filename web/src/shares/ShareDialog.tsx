import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { Link } from 'wouter';
import { linkToPage } from '../address';
import { makeShare, type NewShare } from '../api/shares';
import { shareUrl } from '../session/shareLink';
import { momentWords } from '../time/words';
import { Button } from '../ui/Button';
import { Checkbox } from '../ui/Checkbox';
import { Choice } from '../ui/Choice';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Form, FormButtons } from '../ui/Form';
import { Problem } from '../ui/Problem';
import { ShownOnce } from '../ui/ShownOnce';
import styles from './ShareDialog.module.css';
import { choicesOf, endAfter, LIFETIMES, shareWords, titleOf, type Subject } from './subject';

export const SHARES_KEY = ['shares'];

interface Props {
  subject: Subject;
  onClose: () => void;
}

/** Makes a link that shows pictures to whoever holds it. */
export default function ShareDialog({ subject, onClose }: Props) {
  const [made, setMade] = useState<NewShare>();
  // In a place of its own: what lies below may be a lightbox, which hides the rest of the page from screen readers.
  return createPortal(
    <Dialog title={titleOf(subject)} onClose={onClose} insistent={made !== undefined}>
      {made ? (
        <MadeLink share={made} onDone={onClose} />
      ) : (
        <ShareForm subject={subject} onMade={setMade} onCancel={onClose} />
      )}
    </Dialog>,
    document.body,
  );
}

function MadeLink({ share, onDone }: { share: NewShare; onDone: () => void }) {
  const { token, password, expires_at } = share;
  const end = expires_at === null ? '' : ` until ${momentWords(expires_at)}`;
  return (
    <>
      <ShownOnce
        lead={`${shareWords(share)}: whoever holds this link${password ? ' and the password' : ''} sees it${end}, without an account. The link is shown only now.`}
        secret={shareUrl(token)}
        what="link"
        onDone={onDone}
      />
      <p className={`${styles.note} ${styles.below}`}>
        <Link href={linkToPage('shares')} className={styles.link ?? ''}>
          Shared links
        </Link>{' '}
        lists what you share, and ends it.
      </p>
    </>
  );
}

interface FormProps {
  subject: Subject;
  onMade: (share: NewShare) => void;
  onCancel: () => void;
}

function ShareForm({ subject, onMade, onCancel }: FormProps) {
  const queries = useQueryClient();
  const choices = choicesOf(subject);
  const [chosen, setChosen] = useState(0);
  const [name, setName] = useState('');
  const [days, setDays] = useState<number | null>(7);
  const [password, setPassword] = useState('');
  const [metadata, setMetadata] = useState(false);
  const make = useMutation({
    mutationFn: (now: number) =>
      makeShare({
        ...(choices[chosen] ?? choices[0]).what,
        name,
        password: password === '' ? null : password,
        metadata,
        expires_at: endAfter(days, now),
      }),
    onSuccess: (share) => {
      onMade(share);
      void queries.invalidateQueries({ queryKey: SHARES_KEY });
    },
  });
  return (
    <Form onSubmit={() => make.mutate(Date.now())}>
      {subject.of === 'image' ? (
        <p className={styles.note}>
          {subject.cameraName}, {subject.taken}
        </p>
      ) : (
        <Choice
          label="It shows"
          value={String(chosen)}
          options={choices.map(({ label }, i) => ({ value: String(i), label }))}
          onChange={(value) => setChosen(Number(value))}
        />
      )}
      <Choice
        label="It lasts"
        value={String(days)}
        options={LIFETIMES.map(({ days: value, label }) => ({ value: String(value), label }))}
        onChange={(value) => setDays(value === 'null' ? null : Number(value))}
      />
      <Field
        label="Name"
        hint="Optional. Stands above the pictures, and in your list."
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        label="Password"
        hint="Optional, 8 characters or more. Tell it another way than the link."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Checkbox
        label="Leave in what the camera wrote into its pictures, such as where they were taken"
        checked={metadata}
        onChange={setMetadata}
      />
      <Problem error={make.error} />
      <FormButtons>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" busy={make.isPending}>
          Make a link
        </Button>
      </FormButtons>
    </Form>
  );
}
