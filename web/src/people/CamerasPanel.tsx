import { moveCamera } from '../api/people';
import { useCameras } from '../gallery/useAlbum';
import { Awaited } from '../ui/Awaited';
import { Choice } from '../ui/Choice';
import { Panel } from '../ui/Panel';
import { Problem } from '../ui/Problem';
import styles from './CamerasPanel.module.css';
import { useChange, useGroups } from './usePeople';

const NO_GROUP = '';

/** Which camera is in which group; there is nothing to choose while there is no group. */
export function CamerasPanel() {
  const cameras = useCameras();
  const groups = useGroups();
  const move = useChange(({ camera, group }: { camera: string; group: string }) =>
    moveCamera(camera, group === NO_GROUP ? null : group),
  );
  // While there is none of either there is nothing to say; that they cannot be read is.
  if (!groups.data?.length || cameras.data?.length === 0) return null;
  const known = groups.data;
  const options = [
    { value: NO_GROUP, label: 'No group' },
    ...known.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <Panel title="Which camera is in which group" lead="A camera is in one group, or in none.">
      <Problem error={move.error} />
      <Awaited query={cameras} what="the cameras">
        {(all) => (
          <div className={styles.cameras}>
            {all.map((camera) => (
              <Choice
                key={camera.id}
                beside="row"
                label={camera.name}
                value={known.find((group) => group.cameras.includes(camera.id))?.id ?? NO_GROUP}
                options={options}
                disabled={move.isPending}
                onChange={(group) => move.mutate({ camera: camera.id, group })}
              />
            ))}
          </div>
        )}
      </Awaited>
    </Panel>
  );
}
