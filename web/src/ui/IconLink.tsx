import type { LucideIcon } from 'lucide-react';
import { Link } from 'wouter';
import styles from './IconButton.module.css';

interface Props {
  icon: LucideIcon;
  label: string;
  href: string;
}

/** Looks as an IconButton does, and leads to another page. */
export function IconLink({ icon: Icon, label, href }: Props) {
  return (
    <Link href={href} className={styles.button ?? ''} aria-label={label} title={label}>
      <Icon size={18} strokeWidth={1.75} aria-hidden />
    </Link>
  );
}
