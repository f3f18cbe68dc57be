import { useMutation } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { IconButton } from '../ui/IconButton';
import { problemWords } from '../ui/troubleWords';
import styles from './Toast.module.css';

// Long enough to read two sentences and to reach the button; the trash keeps them for much longer.
const SHOWN_MS = 12_000;

interface Props {
  words: string;
  /** Missing: there is nothing to take back. */
  undo?: (() => Promise<void>) | undefined;
  onGone: () => void;
}

/** Says what was just done, for a moment, and takes it back. */
export function Toast({ words, undo, onGone }: Props) {
  const undoing = useMutation({ mutationFn: async () => undo?.(), onSuccess: onGone });
  const stays = undoing.isPending || undoing.isError;
  useEffect(() => {
    if (stays) return undefined;
    const timer = setTimeout(onGone, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [stays, onGone]);
  return (
    <div className={styles.toast} role="status">
      <p className={styles.words}>{undoing.error ? problemWords(undoing.error) : words}</p>
      {undo && (
        <button
          type="button"
          className={styles.undo}
          disabled={undoing.isPending}
          onClick={() => undoing.mutate()}
        >
          Undo
        </button>
      )}
      <IconButton icon={X} label="Dismiss" onClick={onGone} />
    </div>
  );
}
