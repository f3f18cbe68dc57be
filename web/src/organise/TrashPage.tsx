import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { originalUrl, thumbnailUrl } from '../api/gallery';
import { emptyTrash, fetchTrash, restoreImages, type TrashedImage } from '../api/organise';
import { useCameras } from '../gallery/useAlbum';
import { useToday } from '../gallery/useToday';
import { PageFrame } from '../pages/PageFrame';
import { mayAdminister } from '../session/rights';
import { useVisit } from '../session/visit';
import { dayWords, momentWords, pictureWords } from '../time/words';
import { readerOffsets } from '../time/zone';
import { Awaited } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Empty } from '../ui/Empty';
import { isolated } from '../ui/isolated';
import { Problem } from '../ui/Problem';
import { outcomeWords } from './outcomeWords';
import styles from './TrashPage.module.css';
import { daysOfTrash } from './trash';
import { TRASH_KEY, useReread } from './useOrganise';

/** What was thrown away, by the day it was: it comes back from here, or goes for good. */
export default function TrashPage() {
  const { person } = useVisit();
  const reread = useReread();
  const cameras = useCameras();
  const trash = useInfiniteQuery({
    queryKey: TRASH_KEY,
    queryFn: ({ pageParam, signal }) => fetchTrash(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const [emptying, setEmptying] = useState(false);
  const [told, setTold] = useState('');
  const restore = useMutation({
    mutationFn: (ids: string[]) => restoreImages(ids),
    onSuccess: (outcome) => {
      setTold(outcomeWords(outcome, 'restored'));
      reread();
    },
  });
  const { data, hasNextPage } = trash;
  const keepDays = data?.pages[0]?.keep_days ?? 30;
  const days = daysOfTrash(data?.pages.flatMap(({ images }) => images) ?? [], readerOffsets);
  const nameOf = (camera: string) => cameras.data?.find(({ id }) => id === camera)?.name ?? 'Camera';
  const today = useToday(readerOffsets);
  return (
    <PageFrame
      title="Trash"
      lead={`Pictures stay here for ${keepDays} days after they were thrown away, or until a rule of their camera removes them. Then they are gone for good.`}
      wide
    >
      <Problem error={restore.error} />
      <p role="status" className={styles.told}>
        {told}
      </p>
      <Awaited query={trash} what="the trash">
        {() => days.length === 0 && !hasNextPage && <Empty icon={Trash2}>The trash is empty.</Empty>}
      </Awaited>
      {days.length > 0 && mayAdminister(person) && (
        <div>
          <Button look="danger" onClick={() => setEmptying(true)}>
            Empty the trash
          </Button>
        </div>
      )}
      {days.map(({ day, images }) => (
        <section key={day} className={styles.day} aria-labelledby={`thrown-${day}`}>
          <header className={styles.heading}>
            <h3 id={`thrown-${day}`}>
              Thrown away {dayWords(day, today).replace(/^(T|Y)/, (letter) => letter.toLowerCase())}
            </h3>
            <span className={styles.count}>{pictureWords(images.length)}</span>
            <Button
              busy={restore.isPending}
              onClick={() => restore.mutate(images.map(({ image }) => image.id))}
            >
              Restore all
            </Button>
          </header>
          <ul className={styles.images}>
            {images.map((entry) => (
              <Entry
                key={entry.image.id}
                entry={entry}
                cameraName={nameOf(entry.image.camera_id)}
                busy={restore.isPending}
                onRestore={() => restore.mutate([entry.image.id])}
              />
            ))}
          </ul>
        </section>
      ))}
      {hasNextPage && (
        <Button busy={trash.isFetching} onClick={() => void trash.fetchNextPage()}>
          Show more
        </Button>
      )}
      {emptying && (
        <Confirm
          title="Empty the trash?"
          action="Remove for good"
          onConfirm={async () => {
            const { removed, left } = await emptyTrash();
            const rest = left > 0 ? ` ${pictureWords(left)} arrived within the last hour and stay.` : '';
            setTold(`${pictureWords(removed)} removed for good.${rest}`);
            reread();
          }}
          onClose={() => setEmptying(false)}
        >
          Everything in it is removed for good, also what is not shown here yet. Nobody can bring it back.
        </Confirm>
      )}
    </PageFrame>
  );
}

interface EntryProps {
  entry: TrashedImage;
  cameraName: string;
  busy: boolean;
  onRestore: () => void;
}

function Entry({ entry: { image, goes_at }, cameraName, busy, onRestore }: EntryProps) {
  const taken = `${isolated(cameraName)}, ${momentWords(image.captured_at)}`;
  return (
    <li className={styles.entry}>
      <a className={styles.picture} href={originalUrl(image)} target="_blank" rel="noreferrer">
        <img src={thumbnailUrl(image)} alt={taken} loading="lazy" width={image.width} height={image.height} />
      </a>
      <p className={styles.what}>
        <bdi>{cameraName}</bdi>, {momentWords(image.captured_at)}
      </p>
      <p className={styles.until}>Goes {momentWords(goes_at)}</p>
      <Button busy={busy} aria-label={`Restore ${taken}`} onClick={onRestore}>
        Restore
      </Button>
    </li>
  );
}
