// All cameras, in the order in which somebody wants to see them. Pure.
import type { FleetCamera } from '../api/fleet';
import type { Camera } from '../api/gallery';
import { compareNames } from '../ui/byName';
import { problemsOf, rankOf, type Problem } from './problems';

export interface Member {
  camera: Camera;
  /** The name of its group; undefined: none, or not for this reader to know. */
  group: string | undefined;
  facts: FleetCamera;
  problems: readonly Problem[];
}

/** What stands in the page's address of the choice. */
export interface Choice {
  search: string;
  group: string | undefined;
  onlyTroubled: boolean;
}

/** Problems first, the worst at the top; then by name. */
export function rosterOf(
  fleet: readonly FleetCamera[],
  groupOf: ReadonlyMap<string, string>,
  now: number,
): Member[] {
  const members = fleet.map((facts): Member => {
    const { camera } = facts;
    return { camera, group: groupOf.get(camera.id), facts, problems: problemsOf(facts, now) };
  });
  return members.sort(
    (a, b) => rankOf(a.problems) - rankOf(b.problems) || compareNames(a.camera.name, b.camera.name),
  );
}

/** Every word of the search is in the camera's name, its group's, or in what is wrong with it. */
export function chosen(roster: readonly Member[], { search, group, onlyTroubled }: Choice): Member[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return roster.filter((member) => {
    if (group !== undefined && member.group !== group) return false;
    if (onlyTroubled && member.problems.length === 0) return false;
    const text = [member.camera.name, member.group ?? '', ...member.problems.map((one) => one.words)]
      .join(' ')
      .toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** "12 cameras, 2 with problems" */
export function rosterWords(roster: readonly Member[]): string {
  const troubled = roster.filter(({ problems }) => problems.length > 0).length;
  const cameras = roster.length === 1 ? '1 camera' : `${roster.length} cameras`;
  return troubled === 0 ? cameras : `${cameras}, ${troubled} with problems`;
}
