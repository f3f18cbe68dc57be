import type { LucideIcon } from 'lucide-react';
import styles from './Button.module.css';

interface Props {
  href: string;
  filename?: string;
  icon?: LucideIcon;
  /** Where the words alone say too little. */
  label?: string;
  children: string;
}

/** Looks as a Button does, and gives the reader a file of the server's. */
export function DownloadLink({ href, filename = '', icon: Icon, label, children }: Props) {
  return (
    <a href={href} download={filename} className={styles.button} aria-label={label}>
      {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />}
      {children}
    </a>
  );
}
