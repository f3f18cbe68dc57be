import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Image } from '../api/gallery';
import type { Album, LoadPage } from '../gallery/album';
import type { Day } from '../gallery/timeline';
import { HOUR_MS } from '../time/zone';
import { collect, type Span } from './collect';
import {
  between,
  MAX_SELECTED,
  NOTHING_SELECTED,
  toggled,
  withAll,
  withoutAll,
  type Selection,
} from './selection';

// The year 9999: behind every picture there can be.
const END_OF_TIME = 253_402_300_799_999;

export interface Selecting {
  readonly selection: Selection;
  /** Selects a picture or lets go of it; `range`: all from the one before to this one. */
  readonly choose: (index: number, range: boolean) => void;
  readonly chooseDay: (day: Day) => void;
  readonly chooseAll: () => void;
  readonly clear: () => void;
  /** These are done with. */
  readonly letGo: (ids: Iterable<string>) => void;
  /** Pictures are read that are to be selected. */
  readonly busy: boolean;
  readonly error: Error | null;
  /** There were more than a selection holds. */
  readonly cut: boolean;
}

/** What is selected in an album; nothing in another one. */
export function useSelection(album: Album, load: LoadPage): Selecting {
  const [selection, setSelection] = useState<Selection>(NOTHING_SELECTED);
  // Where a range begins. A key may choose twice before the page is drawn again.
  const anchor = useRef<{ image: Image; of: LoadPage }>(undefined);
  // What is read for an album that is not shown any more must not be selected in the next one.
  const shown = useRef(load);
  const reading = useMutation({
    mutationFn: ({ span, keep }: { span: Span; keep: (images: Image[]) => Image[] }) =>
      collect(load, span, MAX_SELECTED, new AbortController().signal).then(({ images, more }) => ({
        images: keep(images),
        more,
      })),
    onSuccess: ({ images }) => {
      if (shown.current === load) setSelection((before) => withAll(before, images));
    },
  });
  const { mutate: read, reset } = reading;

  const clear = useCallback(() => {
    setSelection(NOTHING_SELECTED);
    anchor.current = undefined;
    reset();
  }, [reset]);
  const [of, setOf] = useState(() => load);
  if (of !== load) {
    setOf(() => load);
    setSelection(NOTHING_SELECTED);
  }
  useEffect(() => {
    shown.current = load;
  }, [load]);

  const choose = useCallback(
    (index: number, range: boolean) => {
      const image = album.at(index);
      if (!image) return;
      const from = range && anchor.current?.of === load ? anchor.current.image : undefined;
      anchor.current = { image, of: load };
      if (!from) {
        setSelection((before) => toggled(before, image));
        return;
      }
      const span = {
        from: Math.min(from.captured_at, image.captured_at),
        to: Math.max(from.captured_at, image.captured_at) + 1,
      };
      const known = knownBetween(album, from, index);
      if (known) setSelection((before) => withAll(before, known));
      else read({ span, keep: (images) => between(images, from, image) });
    },
    [album, load, read],
  );

  const keepAll = (images: Image[]) => images;
  return {
    selection,
    choose,
    chooseDay: (day) => {
      const last = day.hours[0];
      const first = day.hours.at(-1);
      if (first && last) read({ span: { from: first.start, to: last.start + HOUR_MS }, keep: keepAll });
    },
    chooseAll: () => read({ span: { from: 0, to: END_OF_TIME }, keep: keepAll }),
    clear,
    letGo: (ids) => setSelection((before) => withoutAll(before, ids)),
    busy: reading.isPending,
    error: reading.error,
    cut: reading.data?.more === true || selection.size >= MAX_SELECTED,
  };
}

/** From a picture to a number, if the album knows them all. */
function knownBetween(album: Album, from: Image, index: number): Image[] | undefined {
  const start = album.indexOf(from);
  if (start === undefined || Math.abs(index - start) > MAX_SELECTED) return undefined;
  const images: Image[] = [];
  for (let i = Math.min(start, index); i <= Math.max(start, index); i += 1) {
    const image = album.at(i);
    if (!image) return undefined;
    images.push(image);
  }
  return images;
}
