import { useId, type ComponentProps, type ReactNode } from 'react';
import styles from './Field.module.css';

interface Props extends ComponentProps<'input'> {
  label: string;
  hint?: string | undefined;
  /** Stands inside the box, behind what is typed. */
  after?: ReactNode;
}

/** A line to type into, with its name above and help below. */
export function Field({ label, hint, after, ...input }: Props) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.box}>
        <input
          id={id}
          className={styles.input}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          {...input}
        />
        {after}
      </div>
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
