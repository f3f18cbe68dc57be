import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import type { FleetCamera } from '../api/fleet';
import { fetchMap } from '../api/map';
import { useFleetFacts } from '../fleet/useFleet';
import { PageFrame } from '../pages/PageFrame';
import { mayOperate } from '../session/rights';
import { useVisit } from '../session/visit';
import { Button } from '../ui/Button';
import { Problem } from '../ui/Problem';
import { isolated } from '../ui/isolated';
import { Ground } from './Ground';
import { MapEntry } from './MapEntry';
import styles from './MapPage.module.css';
import { placed, type Pin } from './pins';
import { PlaceBar } from './PlaceBar';
import { placeWords } from './placing';
import { usePlacing } from './usePlacing';

const NOBODY: readonly FleetCamera[] = [];

/** Which cameras are looked at: in the page's address, so that it leads to where one of them stands. */
function useSelected(): [readonly string[], (ids: readonly string[]) => void] {
  const [params, setParams] = useSearchParams();
  const select = (ids: readonly string[]) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete('camera');
        for (const id of ids) after.append('camera', id);
        return after;
      },
      { replace: true },
    );
  // The same list for as long as it says the same.
  const ids = params.getAll('camera').join();
  return [useMemo(() => ids.split(','), [ids]), select];
}

/** Where all cameras are. */
export default function MapPage() {
  const { person } = useVisit();
  const fleet = useFleetFacts();
  const ground = useQuery({
    queryKey: ['map'],
    queryFn: ({ signal }) => fetchMap(signal),
    // The owner's choice, made when the server starts.
    staleTime: Infinity,
  });
  const cameras = fleet.data ?? NOBODY;
  const { pins, unplaced } = useMemo(() => placed(cameras), [cameras]);
  const [selected, select] = useSelected();
  const { placing, choose } = usePlacing(cameras);
  const inSight = useMemo(() => pins.filter(({ camera }) => selected.includes(camera.id)), [pins, selected]);
  const nowhere = unplaced.find(({ id }) => selected.includes(id));
  const shown = inSight.length > 0 ? inSight : pins;
  const now = fleet.dataUpdatedAt;
  const error = fleet.error ?? ground.error;
  const onPlace = (id: string) => (mayOperate(person, id) ? () => choose(id) : undefined);
  return (
    <PageFrame title="Map" wide>
      {error && (
        <div className={styles.failed}>
          <Problem error={error} />
          <Button
            onClick={() => {
              void fleet.refetch();
              void ground.refetch();
            }}
          >
            Try again
          </Button>
        </div>
      )}
      {!(fleet.data && ground.data) && !error && <p role="status">Looking for the cameras …</p>}
      {fleet.data && ground.data && (
        <div className={styles.both}>
          <div className={styles.map}>
            <Ground
              pins={pins}
              chosen={inSight}
              tiles={ground.data.tiles}
              credit={ground.data.credit}
              onSelect={(chosen: readonly Pin[]) => select(chosen.map(({ camera }) => camera.id))}
              placing={placing && { name: placing.camera.name, spot: placing.spot, onMove: placing.move }}
            />
          </div>
          <div className={styles.lists}>
            {placing && (
              <PlaceBar
                key={placing.camera.id}
                {...placing}
                name={placing.camera.name}
                onMove={placing.move}
                onSave={placing.save}
                onClear={placing.clear}
                onCancel={() => choose(undefined)}
              />
            )}
            {inSight.length > 0 && <Button onClick={() => select([])}>Show all cameras</Button>}
            {nowhere && <p role="status">{isolated(nowhere.name)} has no place on the map yet.</p>}
            {pins.length === 0 && <p className={styles.lead}>No camera has a place yet.</p>}
            <ul aria-label="On the map">
              {shown.map(({ camera, lat, lon, byHand }) => (
                <MapEntry
                  key={camera.id}
                  camera={camera}
                  fact={`${placeWords(lat, lon)}${byHand ? ', put there by hand' : ''}`}
                  now={now}
                  verb="Move"
                  onPlace={onPlace(camera.id)}
                />
              ))}
            </ul>
            {unplaced.length > 0 && inSight.length === 0 && (
              <>
                <h3 className={styles.heading}>Without a place</h3>
                <p className={styles.lead}>They never told where they are.</p>
                <ul aria-label="Without a place">
                  {unplaced.map((camera) => (
                    <MapEntry
                      key={camera.id}
                      camera={camera}
                      now={now}
                      verb="Place"
                      onPlace={onPlace(camera.id)}
                    />
                  ))}
                </ul>
              </>
            )}
          </div>
        </div>
      )}
    </PageFrame>
  );
}
