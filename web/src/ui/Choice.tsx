import { ChevronDown } from 'lucide-react';
import { useId } from 'react';
import styles from './Choice.module.css';
import control from './control.module.css';

export interface Option<T extends string> {
  value: T;
  label: string;
  /** Nothing is chosen with it: shown as an empty field is. */
  unset?: boolean;
}

interface Props<T extends string> {
  label: string;
  /** Only read out: what is chosen says enough to the eye. */
  quiet?: boolean;
  value: T;
  options: readonly Option<T>[];
  onChange: (value: T) => void;
  /** Name and choice on one line: `row` of a list of several, or in a `bar` of tools. Missing: the name is above. */
  beside?: 'row' | 'bar';
  disabled?: boolean;
  hint?: string | undefined;
}

/** One of a few. */
export function Choice<T extends string>(props: Props<T>) {
  const { label, quiet = false, value, options, onChange, beside, disabled, hint } = props;
  const id = useId();
  return (
    <div className={`${control.field} ${styles.choice}`} data-beside={beside}>
      <label className={quiet ? 'visually-hidden' : control.label} htmlFor={id}>
        {label}
      </label>
      <div className={control.box}>
        <select
          id={id}
          className={`${control.input} ${styles.select}`}
          value={value}
          disabled={disabled}
          data-unset={options.find((option) => option.value === value)?.unset}
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
        <ChevronDown className={styles.chevron} size={16} strokeWidth={1.75} aria-hidden />
      </div>
      {hint !== undefined && (
        <p id={`${id}-hint`} className={`${control.hint} ${styles.hint}`}>
          {hint}
        </p>
      )}
    </div>
  );
}
