import { useState } from 'react';
import { keep, kept } from '../ui/kept';

export type Panel = 'facts' | 'adjust';

const FACTS_KEY = 'heliograph.facts';

/** What is open beside the picture, and how to open or close it. That the facts are, this browser remembers. */
export function usePanel(hasFacts: boolean): [Panel | undefined, (toggled: Panel) => void] {
  const [panel, setPanel] = useState<Panel | undefined>(() =>
    hasFacts && kept(FACTS_KEY) !== undefined ? 'facts' : undefined,
  );
  return [
    panel,
    (toggled) => {
      if (toggled === 'facts' && !hasFacts) return;
      const next = toggled === panel ? undefined : toggled;
      if (hasFacts) keep(FACTS_KEY, next === 'facts' ? 'open' : undefined);
      setPanel(next);
    },
  ];
}
