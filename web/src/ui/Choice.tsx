import { useId } from 'react';
import styles from './Choice.module.css';

interface Props<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  /** Name and choice on one line, in a list of several. */
  inline?: boolean;
  disabled?: boolean;
  hint?: string | undefined;
}

/** One of a few. */
export function Choice<T extends string>(props: Props<T>) {
  const { label, value, options, onChange, inline, disabled, hint } = props;
  const id = useId();
  return (
    <div className={styles.choice} data-inline={inline}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className={styles.select}
        value={value}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
