import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { placeCamera, unplaceCamera, type FleetCamera, type Place } from '../api/fleet';
import { FLEET_KEY } from '../fleet/useFleet';
import { isolated } from '../ui/isolated';
import { useToasts } from '../ui/toasts';
import { placeOf, spotOf, type Spot } from './placing';

const PARAM = 'place';

/** Which camera is being put on the map: in the page's address, so that it can be sent to whoever stands beside it. */
export function usePlacing(fleet: readonly FleetCamera[]) {
  const queries = useQueryClient();
  const toasts = useToasts();
  const [params, setParams] = useSearchParams();
  const id = params.get(PARAM);
  const [moved, setMoved] = useState<{ id: string; spot: Spot }>();
  const chosen = fleet.find(({ camera }) => camera.id === id);

  const choose = (next: string | undefined) => {
    setMoved(undefined);
    change.reset();
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (next === undefined) after.delete(PARAM);
      else after.set(PARAM, next);
      return after;
    });
  };
  const write = async (camera: string, place: Pick<Place, 'lat_e7' | 'lon_e7'> | undefined) => {
    await (place ? placeCamera(camera, place) : unplaceCamera(camera));
    await queries.invalidateQueries({ queryKey: FLEET_KEY });
  };
  const change = useMutation({
    mutationFn: ({ to }: { of: FleetCamera; to: Spot | undefined }) =>
      write(id ?? '', to === undefined ? undefined : placeOf(to)),
    onSuccess: (_, { of: { camera, place }, to }) => {
      choose(undefined);
      const before = place?.by_hand ? place : undefined;
      toasts.show({
        words: to
          ? `${isolated(camera.name)} stands there now`
          : `${isolated(camera.name)} stands where it tells`,
        tone: 'good',
        action: {
          label: 'Undo',
          run: () =>
            void write(camera.id, before).catch(() =>
              toasts.show({ words: `${isolated(camera.name)} could not be put back`, tone: 'trouble' }),
            ),
        },
      });
    },
  });

  if (!chosen) return { placing: undefined, choose };
  const { camera, place } = chosen;
  const spot = moved?.id === camera.id ? moved.spot : place ? spotOf(place) : undefined;
  return {
    choose,
    placing: {
      camera,
      spot,
      byHand: place?.by_hand ?? false,
      busy: change.isPending,
      error: change.error,
      move: (next: Spot) => setMoved({ id: camera.id, spot: next }),
      save: () => change.mutate({ of: chosen, to: spot }),
      clear: () => change.mutate({ of: chosen, to: undefined }),
    },
  };
}
