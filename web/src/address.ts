// What of the screen's state stands in the page's address, so that it can be sent to somebody: ?camera=ID&image=ID of the
// gallery, ?page=NAME of what is not the gallery.
import { useMemo } from 'react';
import { useSearchParams } from 'wouter';

export interface Address {
  camera: string | undefined;
  image: string | undefined;
}

/** The link to a gallery, or to one picture in it. */
export function linkTo({ camera, image }: Address): string {
  const params = new URLSearchParams();
  if (camera !== undefined) params.set('camera', camera);
  if (image !== undefined) params.set('image', image);
  const query = params.toString();
  return query === '' ? '/' : `/?${query}`;
}

/** Marks an entry of the browser's history that opening a picture added, so that closing may take it back. */
const OPENED_HERE = 'picture opened here';

export interface AddressActions {
  /** Opens a picture; the browser's Back closes it. */
  open: (image: string) => void;
  /** Goes to another picture while one is open. */
  show: (image: string) => void;
  close: () => void;
}

export function useAddress(): [Address, AddressActions] {
  const [params, setParams] = useSearchParams();
  const camera = params.get('camera') ?? undefined;
  const image = params.get('image') ?? undefined;

  const actions = useMemo((): AddressActions => {
    const setImage = (value: string | undefined, replace: boolean, state: unknown) => {
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === undefined) next.delete('image');
          else next.set('image', value);
          return next;
        },
        { replace, state },
      );
    };
    return {
      open: (id) => setImage(id, false, OPENED_HERE),
      show: (id) => setImage(id, true, window.history.state),
      close: () => {
        if (window.history.state === OPENED_HERE) window.history.back();
        else setImage(undefined, true, null);
      },
    };
  }, [setParams]);

  return [{ camera, image }, actions];
}

/** The screens beside the gallery. */
const PAGES = ['account', 'cameras', 'shares', 'firmware', 'people', 'audit'] as const;
export type Page = (typeof PAGES)[number];

export function linkToPage(page: Page): string {
  return `/?page=${page}`;
}

/** Undefined: the gallery. */
export function usePage(): Page | undefined {
  const [params] = useSearchParams();
  return PAGES.find((page) => page === params.get('page'));
}
