import { Trash2 } from 'lucide-react';
import type { Image } from '../api/gallery';
import type { Viewing } from '../lightbox/Lightbox';
import { ToolButton } from '../lightbox/ToolButton';
import { useImageDetail } from '../lightbox/useOpened';
import { useViewerKeys } from '../lightbox/useViewerKeys';
import { useToasts } from '../ui/toasts';
import { problemWords } from '../ui/troubleWords';
import { outcomeWords } from './outcomeWords';
import { useTrash } from './useTrash';

interface Props {
  image: Image;
  /** When it was taken, as its toast says. */
  time: string;
  viewing: Viewing;
  onTrashed: (ids: readonly string[]) => void;
}

/** Above a picture: throws it away, also by key. It goes at once, and comes back if the server keeps it. */
export function TrashButton({ image, time, viewing, onTrashed }: Props) {
  const { data: detail } = useImageDetail(image.id);
  const toasts = useToasts();
  const trash = useTrash();
  const starred = detail?.image.starred ?? image.starred;

  const throwAway = async () => {
    const onBack = () => viewing.bringBack(image);
    viewing.takeOut();
    try {
      const { done } = await trash([image.id], { name: `The picture of ${time}`, onBack });
      if (done.length === 0) onBack();
      onTrashed(done);
    } catch (error) {
      onBack();
      toasts.show({ words: problemWords(error as Error), tone: 'trouble', answer: true });
    }
  };
  const press = () => {
    if (!starred) void throwAway();
    else {
      const left = [{ id: image.id, why: 'starred' as const }];
      toasts.show({ words: outcomeWords({ done: [], left }, ''), answer: true });
    }
  };
  useViewerKeys({ trash: press });
  return <ToolButton icon={Trash2} label="Move to the trash" onClick={press} />;
}
