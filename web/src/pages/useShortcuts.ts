import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { linkToPlace, PLACE_NAMES, PLACES } from '../nav/places';
import { whyNot } from '../session/pageRights';
import { useVisit } from '../session/visit';
import { isTyping } from '../ui/isTyping';
import { heardKey, type Waiting } from '../ui/keySequence';

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
    if (heard.second === undefined) return;
    const place = PLACE_NAMES.find((name) => PLACES[name].key === heard.second);
    // What is open is answered first.
    if (place === undefined || document.querySelector('dialog[open]')) return;
    if (whyNot(place, visit) !== undefined) return;
    // The letter is the place's alone: f would fill the screen as well.
    event.stopImmediatePropagation();
    goTo(linkToPlace(place));
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener, { capture: true });
    return () => window.removeEventListener('keydown', listener, { capture: true });
  }, []);
  return { sheet, showSheet };
}
