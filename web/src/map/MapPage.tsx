import { useQuery } from '@tanstack/react-query';
import { fetchMap } from '../api/map';
import { NoCameras } from '../fleet/NoCameras';
import { useFleetFacts } from '../fleet/useFleet';
import { PageFrame } from '../pages/PageFrame';
import { Awaited } from '../ui/Awaited';
import { MapOfCameras } from './MapOfCameras';
import styles from './MapPage.module.css';

/** Where all cameras are. */
export default function MapPage() {
  const fleet = useFleetFacts();
  const ground = useQuery({
    queryKey: ['map'],
    queryFn: ({ signal }) => fetchMap(signal),
    // The owner's choice, made when the server starts.
    staleTime: Infinity,
  });
  const query = {
    data: fleet.data && ground.data && { cameras: fleet.data, ground: ground.data },
    error: fleet.error ?? ground.error,
    refetch: () => Promise.all([fleet.refetch(), ground.refetch()]),
  };
  return (
    <PageFrame title="Map" wide>
      <Awaited query={query} what="the cameras" ghosts={<div className={styles.ghost} />}>
        {(known) =>
          known.cameras.length === 0 ? <NoCameras /> : <MapOfCameras {...known} now={fleet.dataUpdatedAt} />
        }
      </Awaited>
    </PageFrame>
  );
}
