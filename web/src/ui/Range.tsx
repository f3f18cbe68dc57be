import type { ComponentProps, CSSProperties } from 'react';
import styles from './Range.module.css';

interface Props extends Omit<ComponentProps<'input'>, 'value' | 'min' | 'max' | 'onChange'> {
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

/** A place between two ends, by dragging or by the arrow keys. */
export function Range({ value, min, max, onChange, ...input }: Props) {
  const done = max === min ? 0 : (value - min) / (max - min);
  return (
    <input
      type="range"
      className={styles.range}
      style={{ '--done': done } as CSSProperties}
      min={min}
      max={max}
      value={value}
      onChange={(event) => onChange(Number(event.target.value))}
      {...input}
    />
  );
}
