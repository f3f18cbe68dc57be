import { useEffect, useState } from 'react';
import { isTyping } from '../ui/isTyping';

/** Which of so many pages it is the turn of: the next after a while, or by the arrow keys. */
export function useTurn(pages: number, every_s: number): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (pages < 2) return undefined;
    const timer = setTimeout(() => setTurn((before) => before + 1), every_s * 1_000);
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event)) return;
      if (event.key === 'ArrowRight') setTurn((before) => before + 1);
      if (event.key === 'ArrowLeft') setTurn((before) => before + pages - 1);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', onKey);
    };
  }, [pages, every_s, turn]);
  return turn % pages;
}
