import { useCallback, useState } from 'react';
import type { Image } from '../api/gallery';
import { restoreImages } from '../api/organise';
import { SelectionBar } from './SelectionBar';
import { Toast } from './Toast';
import { useReread } from './useOrganise';
import type { Selecting } from './useSelection';

interface Props {
  selecting: Selecting;
  /** Something lies over the pictures. */
  covered: boolean;
  onShare: (image: Image) => void;
}

interface Told {
  words: string;
  /** What can be brought back. */
  trashed: string[];
}

/** What lies over the wall while pictures are selected, and for a moment after something was done with them. */
export function OrganiseLayer({ selecting, covered, onShare }: Props) {
  const [told, setTold] = useState<Told>();
  const reread = useReread();
  const gone = useCallback(() => setTold(undefined), []);
  return (
    <>
      {selecting.selection.size > 0 && (
        <SelectionBar
          selecting={selecting}
          covered={covered}
          onTrashed={(trashed, words) => setTold({ trashed, words })}
          onDone={(words) => setTold({ trashed: [], words })}
          onShare={onShare}
        />
      )}
      {told && (
        <Toast
          key={told.words + told.trashed.join()}
          words={told.words}
          undo={
            told.trashed.length > 0
              ? async () => {
                  await restoreImages(told.trashed);
                  reread();
                }
              : undefined
          }
          onGone={gone}
        />
      )}
    </>
  );
}
