import { Check } from 'lucide-react';
import styles from './Checkbox.module.css';

interface Props {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function Checkbox({ label, checked, onChange }: Props) {
  return (
    <label className={styles.line}>
      <span className={styles.mark}>
        <input
          type="checkbox"
          className={styles.box}
          checked={checked}
          onChange={(event) => onChange(event.target.checked)}
        />
        <Check className={styles.tick} size={14} strokeWidth={3} aria-hidden />
      </span>
      {label}
    </label>
  );
}
