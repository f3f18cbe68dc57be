import { useCallback } from 'react';
import { restoreImages, trashImages, type Outcome } from '../api/organise';
import { useToasts, type Toast } from '../ui/toasts';
import { problemWords } from '../ui/troubleWords';
import { outcomeWords } from './outcomeWords';
import { useReread } from './useOrganise';

interface Single {
  /** As what is said begins: "The picture of 15:01:02". */
  name: string;
  /** It is out of the trash again. */
  onBack: () => void;
}

/** Throws pictures away and says so, for a while with the way back; rejects where nothing came of it. */
export function useTrash(): (ids: readonly string[], single?: Single) => Promise<Outcome> {
  const toasts = useToasts();
  const reread = useReread();
  return useCallback(
    async (ids, single) => {
      const tell = (toast: Toast) => void toasts.show({ ...toast, answer: true });
      const outcome = await trashImages(ids);
      reread();
      const { done } = outcome;
      const undo = async () => {
        try {
          const back = await restoreImages(done);
          if (back.left.length > 0) tell({ words: outcomeWords(back, 'restored') });
          if (back.done.length > 0) single?.onBack();
          reread();
        } catch (error) {
          const action = { label: 'Try again', run: () => void undo() };
          tell({ words: problemWords(error as Error), tone: 'trouble', action });
        }
      };
      tell({
        words:
          single && done.length > 0
            ? `${single.name} moved to the trash.`
            : outcomeWords(outcome, 'moved to the trash'),
        ...(done.length > 0 && { action: { label: 'Undo', run: () => void undo() } }),
      });
      return outcome;
    },
    [toasts, reread],
  );
}
