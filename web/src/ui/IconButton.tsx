import type { LucideIcon } from 'lucide-react';
import styles from './IconButton.module.css';

interface Props {
  icon: LucideIcon;
  label: string;
  onClick: () => void;
  /** It stays pressed until it is pressed again. */
  pressed?: boolean;
}

export function IconButton({ icon: Icon, label, onClick, pressed }: Props) {
  return (
    <button
      type="button"
      className={styles.button}
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      onClick={onClick}
    >
      <Icon size={18} strokeWidth={1.75} aria-hidden />
    </button>
  );
}
