import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import styles from './Button.module.css';

interface Props {
  href: string;
  icon: LucideIcon;
  children: ReactNode;
}

/** Looks as a Button does, and leads somewhere. */
export function LinkButton({ href, icon: Icon, children }: Props) {
  return (
    <Link href={href} className={styles.button ?? ''}>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      {children}
    </Link>
  );
}
