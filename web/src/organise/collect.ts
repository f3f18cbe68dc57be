// Every picture of a span of time, read page by page from the server: what is selected need not be on the screen.
import type { Image } from '../api/gallery';
import type { LoadPage } from '../gallery/album';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The newest of them, `limit` at most; `more`: there are others. */
export async function collect(
  load: LoadPage,
  { from, to }: Span,
  limit: number,
  signal: AbortSignal,
): Promise<{ images: Image[]; more: boolean }> {
  const images: Image[] = [];
  let cursor: string | undefined;
  do {
    const page = await load({ from, to, cursor, hours: [] }, signal);
    images.push(...page.images);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && images.length < limit);
  return { images: images.slice(0, limit), more: cursor !== undefined || images.length > limit };
}
