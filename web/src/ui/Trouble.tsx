import { RotateCw } from 'lucide-react';
import styles from './Trouble.module.css';

interface Props {
  title: string;
  detail: string;
  action: string;
  onAction: () => void;
}

/** Says what is wrong in the middle of the page, and offers the one thing that may help. */
export function Trouble({ title, detail, action, onAction }: Props) {
  return (
    <main className={styles.trouble} role="alert">
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.detail}>{detail}</p>
      <button type="button" className={styles.action} onClick={onAction}>
        <RotateCw size={16} aria-hidden /> {action}
      </button>
    </main>
  );
}
