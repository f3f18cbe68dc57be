import { Star, StickyNote, Tag } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { linkWith } from '../address';
import type { Image } from '../api/gallery';
import { useImageDetail } from '../lightbox/useOpened';
import { mayOperate } from '../session/rights';
import { useVisit } from '../session/visit';
import { NO_FILTER } from './filter';
import styles from './ImageMarks.module.css';
import { StarButton } from './StarButton';
import { useReread } from './useOrganise';

const TagDialog = lazy(() => import('./TagDialog'));
const NoteDialog = lazy(() => import('./NoteDialog'));
const icon = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** Under a picture: its star, its tags, which lead to others like it, and its note. */
export function ImageMarks({ image }: { image: Image }) {
  const { data: detail } = useImageDetail(image.id);
  const { person } = useVisit();
  const reread = useReread();
  const [dialog, setDialog] = useState<'tags' | 'note'>();
  const editable = mayOperate(person, image.camera_id);
  if (!detail || (!editable && detail.tags.length === 0 && detail.note === '')) return null;
  return (
    <div className={styles.marks}>
      {editable && <StarButton image={image.id} starred={detail.image.starred} />}
      {!editable && detail.image.starred && (
        <span className={styles.star}>
          <Star {...icon} fill="currentColor" />
          <span className="visually-hidden">Starred</span>
        </span>
      )}
      {detail.tags.length > 0 && (
        <ul className={styles.tags} aria-label="Tags">
          {detail.tags.map((tag) => (
            <li key={tag}>
              <Link className={styles.tag ?? ''} href={linkWith({ ...NO_FILTER, tag })}>
                {tag}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {editable && (
        <>
          <button type="button" className={styles.edit} onClick={() => setDialog('tags')}>
            <Tag {...icon} /> Tags
          </button>
          <button type="button" className={styles.edit} onClick={() => setDialog('note')}>
            <StickyNote {...icon} /> {detail.note === '' ? 'Add a note' : 'Edit the note'}
          </button>
        </>
      )}
      {/* A long one is scrolled, by keys too. */}
      {detail.note !== '' && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <p className={styles.note} tabIndex={0}>
          {detail.note}
        </p>
      )}
      <Suspense>
        {dialog === 'tags' && (
          <TagDialog images={[image.id]} onDone={reread} onClose={() => setDialog(undefined)} />
        )}
        {dialog === 'note' && (
          <NoteDialog image={image.id} onSaved={reread} onClose={() => setDialog(undefined)} />
        )}
      </Suspense>
    </div>
  );
}
