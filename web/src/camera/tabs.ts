// Which parts of a camera's page somebody is shown. Pure.
import { CAMERA_TABS, type CameraTab } from '../address';
import type { SignedIn } from '../api/session';
import { mayAdminister } from '../session/rights';

export const TAB_WORDS: Record<CameraTab, string> = {
  overview: 'Overview',
  settings: 'Settings',
  measurements: 'Measurements',
  calendar: 'Calendar',
  uploads: 'Uploads',
  quarantine: 'Quarantine',
  commands: 'Commands',
  firmware: 'Firmware',
  key: 'Name and key',
};

export function tabsFor(person: SignedIn, camera: string): CameraTab[] {
  return CAMERA_TABS.filter((tab) => tab !== 'key' || mayAdminister(person, camera));
}
