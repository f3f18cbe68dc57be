import { Trash2 } from 'lucide-react';
import { linkToPage } from '../address';
import { ButtonLink } from '../ui/ButtonLink';
import { Panel } from '../ui/Panel';
import { trashGoesWords, trashWords } from './storageWords';
import { useStorage } from './useStorage';

/** What was thrown away and takes its room still; nothing for whoever sees no trash. */
export function TrashPanel() {
  const trash = useStorage().data?.trash;
  if (!trash) return null;
  return (
    <Panel title={trashWords(trash)} lead={trashGoesWords(trash)}>
      {trash.images > 0 && (
        <div>
          <ButtonLink icon={Trash2} href={linkToPage('trash')}>
            Look into the trash
          </ButtonLink>
        </div>
      )}
    </Panel>
  );
}
