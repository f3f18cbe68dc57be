import { useState } from 'react';
import { keep, kept } from './kept';

/** One of a few, as this browser remembers it from the last time. */
export function useKept<T extends string>(
  key: string,
  values: readonly T[],
  usual: T,
): [T, (value: T) => void] {
  const [value, setValue] = useState(() => values.find((one) => one === kept(key)) ?? usual);
  return [
    value,
    (next) => {
      keep(key, next);
      setValue(next);
    },
  ];
}
