import { Settings2 } from 'lucide-react';
import { linkToCamera } from '../address';
import { useCameras } from '../gallery/useAlbum';
import { Awaited, Nothing } from '../ui/Awaited';
import { ButtonLink } from '../ui/ButtonLink';
import { isolated } from '../ui/isolated';
import { Panel } from '../ui/Panel';
import { Row, Rows } from '../ui/Rows';
import { cameraFacts } from './cameraFacts';

/** Which cameras there are; what can be done with each is on a page of its own. */
export function ListPanel() {
  const cameras = useCameras();
  return (
    <Panel title="Cameras">
      <Awaited query={cameras} what="the cameras">
        {(known) =>
          known.length === 0 ? (
            <Nothing>There is no camera yet.</Nothing>
          ) : (
            <Rows label="Cameras">
              {known.map((camera) => (
                <Row
                  key={camera.id}
                  name={camera.name}
                  mark={camera.suspect_at === null ? undefined : 'in doubt'}
                  facts={cameraFacts(camera)}
                >
                  <ButtonLink
                    icon={Settings2}
                    href={linkToCamera(camera.id, 'key')}
                    label={`Name and key of ${isolated(camera.name)}`}
                  >
                    Name and key
                  </ButtonLink>
                </Row>
              ))}
            </Rows>
          )
        }
      </Awaited>
    </Panel>
  );
}
