import type { ComponentType } from 'react';
import { pageOf, type Page } from '../address';

/** What each page needs beside the program. vite.firstView.ts reads this table. */
export const LOAD_PAGE: Record<Page, () => Promise<{ default: ComponentType }>> = {
  fleet: () => import('../fleet/FleetPage'),
  alerts: () => import('../alerts/AlertsPage'),
  camera: () => import('../camera/CameraPage'),
  map: () => import('../map/MapPage'),
  time: () => import('../timemachine/TimeMachinePage'),
  wall: () => import('../wall/WallPage'),
  storage: () => import('../storage/StoragePage'),
  account: () => import('../account/AccountPage'),
  cameras: () => import('../cameras/CamerasPage'),
  shares: () => import('../shares/SharesPage'),
  trash: () => import('../organise/TrashPage'),
  firmware: () => import('../firmware/FirmwarePage'),
  flash: () => import('../flash/FlashPage'),
  people: () => import('../people/PeoplePage'),
  audit: () => import('../people/AuditPage'),
  server: () => import('../system/SystemPage'),
};

/** Lets it run before anybody knows who is there. */
export function preparePage(search: string): void {
  const page = pageOf(new URLSearchParams(search));
  // What fails is asked for again when the page is drawn, which says so.
  if (page) LOAD_PAGE[page]().catch(() => undefined);
}
