import { useMutation } from '@tanstack/react-query';
import { Check, Download, Share2, Star, StarOff, StickyNote, Table2, Tag, Trash2, X } from 'lucide-react';
import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react';
import type { Image } from '../api/gallery';
import { prepareArchive, starImages, type Outcome } from '../api/organise';
import { mayOperate } from '../session/rights';
import { useVisit } from '../session/visit';
import { numberWords } from '../time/words';
import { IconButton } from '../ui/IconButton';
import { isTyping } from '../ui/isTyping';
import { useToasts } from '../ui/toasts';
import { problemWords } from '../ui/troubleWords';
import { outcomeWords } from './outcomeWords';
import { MAX_SELECTED } from './selection';
import styles from './SelectionBar.module.css';
import { useReread } from './useOrganise';
import type { Selecting } from './useSelection';
import { useTrash } from './useTrash';

const TagDialog = lazy(() => import('./TagDialog'));
const NoteDialog = lazy(() => import('./NoteDialog'));
const ImagesExportDialog = lazy(() => import('../exports/ImagesExportDialog'));

interface Props {
  selecting: Selecting;
  /** Something lies over the pictures: keys are its own. */
  covered: boolean;
  onShare: (image: Image) => void;
}

/** What can be done with the pictures that are selected; above them for as long as there are some. */
export function SelectionBar({ selecting, covered, onShare }: Props) {
  const { selection, clear, chooseAll, letGo, busy, error, cut } = selecting;
  const { person } = useVisit();
  const toasts = useToasts();
  const reread = useReread();
  const throwAway = useTrash();
  const [dialog, setDialog] = useState<'tags' | 'note' | 'export'>();
  const images = [...selection.values()];
  const ids = images.map(({ id }) => id);
  const operable = images.some(({ camera_id }) => mayOperate(person, camera_id));
  const single = images.length === 1 ? images[0] : undefined;
  const starred = images.every((image) => image.starred);

  const done = (outcome: Outcome, what: string) => {
    reread();
    toasts.show({ words: outcomeWords(outcome, what), answer: true });
  };
  const star = useMutation({
    mutationFn: () => starImages(ids, !starred),
    onSuccess: (outcome) => {
      done(outcome, starred ? 'without a star now' : 'starred');
      clear();
    },
  });
  const trash = useMutation({
    mutationFn: () => throwAway(ids),
    onSuccess: (outcome) => letGo(outcome.done),
  });
  const zip = useMutation({
    mutationFn: () => prepareArchive(ids),
    onSuccess: ({ url }) => window.location.assign(url),
  });

  const onEscape = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || covered || dialog !== undefined || isTyping(event)) return;
    clear();
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => onEscape(event);
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const failed = error ?? star.error ?? trash.error ?? zip.error;
  const working = busy || star.isPending || trash.isPending || zip.isPending;
  return (
    <section className={styles.bar} aria-label="Selected pictures" aria-busy={working}>
      <IconButton icon={X} label="Select nothing" onClick={clear} />
      <p className={styles.count} aria-live="polite">
        <strong>{numberWords(images.length)}</strong> selected
        {cut && <span className={styles.note}> (no more than {numberWords(MAX_SELECTED)})</span>}
      </p>
      <div className={styles.actions}>
        <IconButton icon={Check} label="Select all that are shown" onClick={chooseAll} />
        {operable && (
          <>
            <IconButton
              icon={starred ? StarOff : Star}
              label={starred ? 'Take the star away' : 'Star'}
              onClick={() => star.mutate()}
            />
            <IconButton icon={Tag} label="Tags" onClick={() => setDialog('tags')} />
            {single && <IconButton icon={StickyNote} label="Note" onClick={() => setDialog('note')} />}
          </>
        )}
        <IconButton icon={Download} label="Download as ZIP" onClick={() => zip.mutate()} />
        <IconButton icon={Table2} label="Export as a table" onClick={() => setDialog('export')} />
        {single && mayOperate(person, single.camera_id) && (
          <IconButton icon={Share2} label="Share" onClick={() => onShare(single)} />
        )}
        {operable && <IconButton icon={Trash2} label="Move to the trash" onClick={() => trash.mutate()} />}
      </div>
      {failed && (
        <p className={styles.problem} role="alert">
          {problemWords(failed)}
        </p>
      )}
      <Suspense>
        {dialog === 'tags' && (
          <TagDialog
            images={ids}
            onDone={(outcome) => done(outcome, 'tagged')}
            onClose={() => setDialog(undefined)}
          />
        )}
        {dialog === 'note' && single && (
          <NoteDialog image={single.id} onSaved={reread} onClose={() => setDialog(undefined)} />
        )}
        {dialog === 'export' && (
          <ImagesExportDialog of={ids} count={ids.length} onClose={() => setDialog(undefined)} />
        )}
      </Suspense>
    </section>
  );
}
