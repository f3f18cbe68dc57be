import { useMemo } from 'react';
import { useSearchParams } from 'wouter';

/** Which cameras are looked at: in the page's address, so that it leads to where one of them stands. */
export function useSelected(): [readonly string[], (ids: readonly string[]) => void] {
  const [params, setParams] = useSearchParams();
  const select = (ids: readonly string[]) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete('camera');
        for (const id of ids) after.append('camera', id);
        return after;
      },
      { replace: true },
    );
  // The same list for as long as it says the same.
  const ids = params.getAll('camera').join();
  return [useMemo(() => ids.split(','), [ids]), select];
}
