import { useId, type ComponentProps } from 'react';
import control from './control.module.css';
import styles from './TextArea.module.css';

interface Props extends ComponentProps<'textarea'> {
  label: string;
  /** Only read out: the title above says the same. */
  quiet?: boolean;
}

/** Several lines to type into. */
export function TextArea({ label, quiet = false, ...area }: Props) {
  const id = useId();
  return (
    <div className={control.field}>
      <label className={quiet ? 'visually-hidden' : control.label} htmlFor={id}>
        {label}
      </label>
      <div className={control.box}>
        <textarea id={id} className={`${control.input} ${styles.area}`} {...area} />
      </div>
    </div>
  );
}
