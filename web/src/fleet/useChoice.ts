import { useSearchParams } from 'wouter';
import type { Choice } from './roster';

/** Which cameras are shown: in the page's address, so that it can be kept and sent. */
export function useChoice(): [Choice, (change: Partial<Choice>) => void] {
  const [params, setParams] = useSearchParams();
  const choice: Choice = {
    search: params.get('search') ?? '',
    group: params.get('group') ?? undefined,
    onlyTroubled: params.has('problems'),
  };
  const change = (what: Partial<Choice>) => {
    const { search, group, onlyTroubled } = { ...choice, ...what };
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        const put = (key: string, value: string | undefined) => {
          if (value) next.set(key, value);
          else next.delete(key);
        };
        put('search', search);
        put('group', group);
        put('problems', onlyTroubled ? '1' : undefined);
        return next;
      },
      { replace: true },
    );
  };
  return [choice, change];
}
