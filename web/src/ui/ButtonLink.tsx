import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import styles from './Button.module.css';

interface Props {
  href: string;
  icon?: LucideIcon;
  /** It leads to another state of the same page: Back goes to where one was before. */
  replace?: boolean;
  /** Where the words alone say too little. */
  label?: string;
  children: ReactNode;
}

/** Looks as a Button does, and leads to another page. */
export function ButtonLink({ href, icon: Icon, replace = false, label, children }: Props) {
  return (
    <Link href={href} replace={replace} className={styles.button ?? ''} aria-label={label}>
      {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />}
      {children}
    </Link>
  );
}
