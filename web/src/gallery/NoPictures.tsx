import type { Camera } from '../api/gallery';
import { mayAdminister } from '../session/rights';
import { useVisit } from '../session/visit';
import { useTrashed } from '../storage/useStorage';
import { EmptyState } from './EmptyState';
import { Skeleton } from './Skeleton';

interface Props {
  cameras: readonly Camera[];
  camera: string | undefined;
}

/** A gallery that is empty, and why: nothing came yet, or all of it was thrown away. */
export function NoPictures({ cameras, camera }: Props) {
  const { person } = useVisit();
  const trashed = useTrashed(camera);
  if (trashed === undefined) return <Skeleton />;
  return <EmptyState cameras={cameras} camera={camera} teach={mayAdminister(person)} trashed={trashed} />;
}
