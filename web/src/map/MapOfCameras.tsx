import { useMemo } from 'react';
import type { FleetCamera } from '../api/fleet';
import type { MapFacts } from '../api/map';
import { mayOperate } from '../session/rights';
import { useVisit } from '../session/visit';
import { Nothing } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { isolated } from '../ui/isolated';
import { Ground } from './Ground';
import { MapEntry } from './MapEntry';
import styles from './MapPage.module.css';
import { placed, type Pin } from './pins';
import { PlaceBar } from './PlaceBar';
import { placeWords } from './placing';
import { usePlacing } from './usePlacing';
import { useSelected } from './useSelected';

interface Props {
  cameras: readonly FleetCamera[];
  ground: MapFacts;
  now: number;
}

/** The map, and beside it those that stand on it, and those that never told where they are. */
export function MapOfCameras({ cameras, ground, now }: Props) {
  const { person } = useVisit();
  const { pins, unplaced } = useMemo(() => placed(cameras), [cameras]);
  const [selected, select] = useSelected();
  const { placing, choose } = usePlacing(cameras);
  const inSight = useMemo(() => pins.filter(({ camera }) => selected.includes(camera.id)), [pins, selected]);
  const nowhere = unplaced.find(({ id }) => selected.includes(id));
  const shown = inSight.length > 0 ? inSight : pins;
  const onPlace = (id: string) => (mayOperate(person, id) ? () => choose(id) : undefined);
  return (
    <div className={styles.both}>
      <div className={styles.map}>
        <Ground
          pins={pins}
          chosen={inSight}
          tiles={ground.tiles}
          credit={ground.credit}
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
        {pins.length === 0 && <Nothing>No camera has a place yet.</Nothing>}
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
  );
}
