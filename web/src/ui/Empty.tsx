import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Empty.module.css';

interface Props {
  icon: LucideIcon;
  /** What may be done about it. */
  action?: ReactNode;
  children: ReactNode;
}

/** In the middle of a page that has nothing to show; in a panel of several, Nothing says it. */
export function Empty({ icon: Icon, action, children }: Props) {
  return (
    <div className={styles.empty}>
      <Icon size={28} strokeWidth={1.25} aria-hidden />
      <p role="status">{children}</p>
      {action}
    </div>
  );
}
