import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import styles from './Button.module.css';

interface Props extends ComponentProps<'button'> {
  /** primary: what a form is for; danger: what cannot be taken back. */
  look?: 'primary' | 'plain' | 'danger';
  icon?: LucideIcon;
  /** It was pressed, and the answer is on its way. */
  busy?: boolean;
}

export function Button({ look = 'plain', icon: Icon, busy = false, children, ...rest }: Props) {
  return (
    <button type="button" className={styles.button} data-look={look} disabled={busy} {...rest}>
      {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />}
      {children}
    </button>
  );
}
