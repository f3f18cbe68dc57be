import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Star } from 'lucide-react';
import { starImages } from '../api/organise';
import { IMAGE_KEY } from '../lightbox/useOpened';
import { useViewerKeys } from '../lightbox/useViewerKeys';
import { useToasts } from '../ui/toasts';
import { problemWords } from '../ui/troubleWords';
import styles from './ImageMarks.module.css';
import { useReread } from './useOrganise';

interface Props {
  image: string;
  starred: boolean;
}

/** Under a picture: gives it a star, with which it is kept for good, or takes it away; also by key. */
export function StarButton({ image, starred }: Props) {
  const queries = useQueryClient();
  const toasts = useToasts();
  const reread = useReread();
  const star = useMutation({
    mutationFn: (next: boolean) => starImages([image], next),
    onSuccess: async () => {
      // Until it is known anew, what was asked for is shown.
      await queries.invalidateQueries({ queryKey: [...IMAGE_KEY, image] });
      reread();
    },
    onError: (error) => void toasts.show({ words: problemWords(error), tone: 'trouble' }),
  });
  const shown = star.isPending ? star.variables : starred;
  const toggle = () => {
    if (!star.isPending) star.mutate(!shown);
  };
  useViewerKeys({ star: toggle });
  return (
    <button type="button" className={styles.edit} aria-pressed={shown} onClick={toggle}>
      <Star
        className={shown ? styles.star : undefined}
        size={15}
        strokeWidth={1.75}
        fill={shown ? 'currentColor' : 'none'}
        aria-hidden
      />
      Star
    </button>
  );
}
