import { CameraOff, Plus } from 'lucide-react';
import { linkToPage } from '../address';
import { whyNot } from '../session/pageRights';
import { useVisit } from '../session/visit';
import { ButtonLink } from '../ui/ButtonLink';
import { Empty } from '../ui/Empty';

/** On every page about cameras, until there is one. */
export function NoCameras() {
  const visit = useVisit();
  const mayAdd = whyNot('cameras', visit) === undefined;
  return (
    <Empty
      icon={CameraOff}
      action={
        mayAdd && (
          <ButtonLink href={linkToPage('cameras')} icon={Plus}>
            Add a camera
          </ButtonLink>
        )
      }
    >
      There is no camera yet.
    </Empty>
  );
}
