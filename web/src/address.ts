// What of the screen's state stands in the page's address, so that it can be sent to somebody: ?camera=ID&image=ID and
// the filter of the gallery, ?page=NAME of what is not the gallery, ?page=camera&camera=ID&tab=NAME of one camera, and
// ?page=map&camera=ID of where it stands.
import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { filterName, NO_FILTER, readFilter, writeFilter, type Filter } from './organise/filter';

export interface Address {
  /** The one camera whose pictures are shown; several are a part of the filter. */
  camera: string | undefined;
  image: string | undefined;
}

/** The link to a gallery, or to one picture in it. */
export function linkTo({ camera, image }: Address, filter: Filter = NO_FILTER): string {
  const params = new URLSearchParams();
  writeFilter(params, { ...filter, cameras: [] });
  if (camera !== undefined) params.set('camera', camera);
  if (image !== undefined) params.set('image', image);
  const query = params.toString();
  return query === '' ? '/' : `/?${query}`;
}

/** The link to what a filter leaves of all pictures. */
export function linkWith(filter: Filter): string {
  return linkTo({ camera: undefined, image: undefined }, filter);
}

/** Marks an entry of the browser's history that opening a picture added, so that closing may take it back. */
const OPENED_HERE = 'picture opened here';

export interface AddressActions {
  /** Opens a picture; the browser's Back closes it. */
  open: (image: string) => void;
  /** Goes to another picture while one is open. */
  show: (image: string) => void;
  close: () => void;
  setFilter: (filter: Filter) => void;
}

export function useAddress(): [Address & { filter: Filter }, AddressActions] {
  const [params, setParams] = useSearchParams();
  const cameras = params.getAll('camera');
  const camera = cameras.length === 1 ? cameras[0] : undefined;
  const image = params.get('image') ?? undefined;
  const read = readFilter(params);
  const name = filterName(read);
  // The same one for as long as it says the same.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const filter = useMemo(() => read, [name]);

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
      setFilter: (next) =>
        setParams((before) => {
          const changed = new URLSearchParams(before);
          writeFilter(changed, next);
          return changed;
        }),
    };
  }, [setParams]);

  return [{ camera, image, filter }, actions];
}

/** The screens beside the gallery. */
export const PAGES = [
  'fleet',
  'alerts',
  'camera',
  'map',
  'time',
  'wall',
  'storage',
  'account',
  'cameras',
  'shares',
  'trash',
  'firmware',
  'flash',
  'people',
  'audit',
  'server',
] as const;
export type Page = (typeof PAGES)[number];

export function linkToPage(page: Page): string {
  return `/?page=${page}`;
}

/** Undefined: the gallery. */
export function pageOf(params: URLSearchParams): Page | undefined {
  return PAGES.find((page) => page === params.get('page'));
}

export function usePage(): Page | undefined {
  const [params] = useSearchParams();
  return pageOf(params);
}

/** What there is of one camera, in the order in which somebody asks. */
export const CAMERA_TABS = [
  'overview',
  'settings',
  'measurements',
  'calendar',
  'uploads',
  'quarantine',
  'commands',
  'firmware',
  'key',
] as const;
export type CameraTab = (typeof CAMERA_TABS)[number];

export function linkToCamera(camera: string, tab: CameraTab = 'overview'): string {
  const params = new URLSearchParams({ page: 'camera', camera });
  if (tab !== 'overview') params.set('tab', tab);
  return `/?${params.toString()}`;
}

/** Where a camera stands, among the others. */
export function linkToMap(camera: string): string {
  return `${linkToPage('map')}&camera=${camera}`;
}

/** What needed somebody: of one camera. */
export function linkToAlerts(camera: string): string {
  return `${linkToPage('alerts')}&camera=${camera}`;
}

/** A camera as it is now. */
export function linkToLive(camera: string): string {
  return `${linkToCamera(camera)}&watch=1`;
}

export interface CameraAddress {
  camera: string | undefined;
  tab: CameraTab;
  watching: boolean;
}

export function useCameraAddress(): CameraAddress {
  const [params] = useSearchParams();
  return {
    camera: params.get('camera') ?? undefined,
    tab: CAMERA_TABS.find((tab) => tab === params.get('tab')) ?? 'overview',
    watching: params.has('watch'),
  };
}

/** One of a few, which stands in the address as `key`; the usual one does not stand there. */
export function useChosen<T extends string>(
  key: string,
  all: readonly T[],
  usual: T,
): [T, (value: T) => void] {
  const [params, setParams] = useSearchParams();
  const choose = (value: T) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === usual) next.delete(key);
        else next.set(key, value);
        return next;
      },
      { replace: true },
    );
  return [all.find((value) => value === params.get(key)) ?? usual, choose];
}
