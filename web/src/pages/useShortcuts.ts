import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { linkToPage } from '../address';
import { whyNot } from '../session/pageRights';
import { useVisit } from '../session/visit';
import { isTyping } from '../ui/isTyping';
import { heardKey, type Waiting } from '../ui/keySequence';
import { GO_TO } from '../ui/shortcuts';

const GO = 'g';
const SHEET = '?';

/** The keys of every page: where to go, and the sheet that tells of them all. */
export function useShortcuts(): { sheet: boolean; showSheet: (shown: boolean) => void } {
  const visit = useVisit();
  const [, goTo] = useLocation();
  const [sheet, showSheet] = useState(false);
  const waiting = useRef<Waiting>(undefined);

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === SHEET) {
      showSheet((shown) => !shown);
      return;
    }
    const heard = heardKey(waiting.current, event.key, GO, Date.now());
    waiting.current = heard.waiting;
    const place = GO_TO.find(({ key }) => key === heard.second);
    // What is open is answered first.
    if (!place || document.querySelector('dialog[open]')) return;
    const { page } = place;
    if (page !== undefined && whyNot(page, visit) !== undefined) return;
    // The letter is the place's alone: f would fill the screen as well.
    event.stopImmediatePropagation();
    goTo(page === undefined ? '/' : linkToPage(page));
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener, { capture: true });
    return () => window.removeEventListener('keydown', listener, { capture: true });
  }, []);
  return { sheet, showSheet };
}
