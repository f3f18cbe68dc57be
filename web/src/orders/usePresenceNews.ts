import { useEffect, useEffectEvent, useRef } from 'react';
import { useLocation } from 'wouter';
import { linkTo, linkToPage } from '../address';
import type { Camera } from '../api/gallery';
import { useCameras } from '../gallery/useAlbum';
import { useToasts } from '../ui/toasts';
import { presenceNews, presenceNewsWords } from './presenceNews';

/** Says so, on whatever page, when cameras fall silent or come back. `enabled` false: the reader sees no camera. */
export function usePresenceNews(enabled: boolean): void {
  const { data } = useCameras(enabled);
  const toasts = useToasts();
  const [, goTo] = useLocation();
  const before = useRef<readonly Camera[]>(undefined);
  const tell = useEffectEvent((now: readonly Camera[]) => {
    const { silent, back } = presenceNews(before.current ?? [], now);
    before.current = now;
    const look = (cameras: readonly { id: string }[]) => {
      const [only, ...others] = cameras;
      const alone = only !== undefined && others.length === 0;
      const to = alone ? linkTo({ camera: only.id, image: undefined }) : linkToPage('fleet');
      return { label: 'Look', run: () => goTo(to) };
    };
    if (silent.length > 0) {
      toasts.show({ words: presenceNewsWords(silent, 'fell silent'), tone: 'trouble', action: look(silent) });
    }
    if (back.length > 0) {
      toasts.show({ words: presenceNewsWords(back, 'back'), tone: 'good', action: look(back) });
    }
  });
  useEffect(() => {
    if (data) tell(data);
  }, [data]);
}
