import type { LucideIcon } from 'lucide-react';
import { useId, type ComponentProps, type ReactNode } from 'react';
import control from './control.module.css';
import styles from './Field.module.css';

interface Props extends ComponentProps<'input'> {
  label: string;
  /** Only read out: what stands in it says enough to the eye. */
  quiet?: boolean;
  hint?: string | undefined;
  icon?: LucideIcon;
  /** Of the number that is typed; it is a part of the name. */
  unit?: string | undefined;
  /** Stands inside the box, behind what is typed. */
  after?: ReactNode;
}

/** A line to type into, with its name above and help below. */
export function Field({ label, quiet = false, hint, icon: Icon, unit, after, ...input }: Props) {
  const id = useId();
  return (
    <div className={control.field}>
      <label className={quiet ? 'visually-hidden' : control.label} htmlFor={id}>
        {label}
        {unit !== undefined && <span className="visually-hidden"> ({unit})</span>}
      </label>
      <div className={control.box}>
        {Icon && <Icon className={styles.before} size={16} strokeWidth={1.75} aria-hidden />}
        <input
          id={id}
          className={`${control.input} ${styles.input}`}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          {...input}
        />
        {unit !== undefined && (
          <span className={styles.unit} aria-hidden>
            {unit}
          </span>
        )}
        {after}
      </div>
      {hint !== undefined && (
        <p id={`${id}-hint`} className={control.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
