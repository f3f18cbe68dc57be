import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fetchFleet, knownFleet, type FleetCamera } from '../api/fleet';
import type { Group } from '../api/people';
import { CAMERAS_KEY } from '../gallery/useAlbum';
import { useToday } from '../gallery/useToday';
import { useRefetchOnChanges } from '../live/useRefetchOnChanges';
import { useGroups } from '../people/usePeople';
import { knownAtFirst } from '../queries';
import { mayAdminister } from '../session/rights';
import { useVisit } from '../session/visit';
import { midnightOf, readerOffsets } from '../time/zone';
import { rosterOf, type Member } from './roster';

export const FLEET_KEY = ['fleet'];
// Of a camera that falls silent the server tells nothing.
const LOOK_AGAIN_MS = 60_000;

/** Every camera at a glance, kept true while the page is open. */
export function useFleetFacts() {
  const queries = useQueryClient();
  const since = midnightOf(useToday(readerOffsets), readerOffsets);
  useRefetchOnChanges(FLEET_KEY);
  return useQuery({
    queryKey: [...FLEET_KEY, since],
    queryFn: async ({ signal }) => {
      const fleet = await fetchFleet(since, signal);
      // The list of cameras is a part of it: who watches that need not ask for it again.
      queries.setQueryData(
        CAMERAS_KEY,
        fleet.map(({ camera }) => camera),
      );
      return fleet;
    },
    refetchInterval: LOOK_AGAIN_MS,
    placeholderData: keepPreviousData,
    ...knownAtFirst(() => knownFleet(since)),
  });
}

export interface Fleet {
  /** Undefined: not read yet. */
  roster: readonly Member[] | undefined;
  /** By name; empty: there are none, or they are not for this reader. */
  groups: readonly string[];
  error: Error | null;
  /** When it was read. */
  now: number;
  retry: () => void;
}

const NOTHING: readonly FleetCamera[] = [];
// The same one until there are some, and nothing is drawn anew.
const NO_GROUPS: ReadonlyMap<string, string> = new Map();

function groupNames(groups: readonly Group[]): ReadonlyMap<string, string> {
  return new Map(groups.flatMap(({ name, cameras }) => cameras.map((id) => [id, name])));
}

/** The same with the groups, in the order in which somebody wants to see them. */
export function useFleet(): Fleet {
  const { person } = useVisit();
  const facts = useFleetFacts();
  const groups = useGroups(mayAdminister(person));
  const { data: fleet = NOTHING, dataUpdatedAt: now, isSuccess: known } = facts;
  const groupOf = useMemo(() => (groups.data?.length ? groupNames(groups.data) : NO_GROUPS), [groups.data]);
  const roster = useMemo(() => rosterOf(fleet, groupOf, now), [fleet, groupOf, now]);
  return {
    roster: known ? roster : undefined,
    groups: (groups.data ?? []).map(({ name }) => name),
    error: facts.error ?? groups.error,
    now,
    retry: () => void facts.refetch(),
  };
}
