import { CameraOff } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { linkToPage, useCameraAddress, type CameraTab } from '../address';
import type { Camera } from '../api/gallery';
import { useCameras } from '../gallery/useAlbum';
import { PageFrame } from '../pages/PageFrame';
import { mayOperate } from '../session/rights';
import { useVisit } from '../session/visit';
import { Awaited } from '../ui/Awaited';
import { ButtonLink } from '../ui/ButtonLink';
import { Empty } from '../ui/Empty';
import { Notice } from '../ui/Notice';
import OverviewTab from './OverviewTab';
import { TabBar } from './TabBar';
import { tabsFor } from './tabs';
import { useCameraNews } from './useCameraNews';

const CalendarTab = lazy(() => import('../calendar/CalendarTab'));
const CommandsTab = lazy(() => import('../orders/CommandsTab'));
const FirmwareTab = lazy(() => import('./FirmwareTab'));
const KeyTab = lazy(() => import('./KeyTab'));
const QuarantineTab = lazy(() => import('./QuarantineTab'));
const SettingsTab = lazy(() => import('../orders/SettingsTab'));
const TelemetryTab = lazy(() => import('../telemetry/TelemetryTab'));
const UploadsTab = lazy(() => import('./UploadsTab'));

/** Everything about one camera. */
export default function CameraPage() {
  const { camera: id } = useCameraAddress();
  const cameras = useCameras();
  const line = useCameraNews(id);
  const camera = cameras.data?.find((one) => one.id === id);
  return (
    <PageFrame title={camera?.name ?? 'Camera'} wide>
      {line === 'reconnecting' && (
        <Notice>The server does not answer. What is loaded stays here; trying again.</Notice>
      )}
      <Awaited query={cameras} what="the camera">
        {() => (camera ? <Parts key={camera.id} camera={camera} now={cameras.dataUpdatedAt} /> : <Gone />)}
      </Awaited>
    </PageFrame>
  );
}

/** Somebody else removed it, or the reader may see it no longer, or never might. */
function Gone() {
  return (
    <Empty icon={CameraOff} action={<ButtonLink href={linkToPage('fleet')}>To all cameras</ButtonLink>}>
      There is no such camera: the link may be old, or the camera was removed.
    </Empty>
  );
}

function Parts({ camera, now }: { camera: Camera; now: number }) {
  const { tab } = useCameraAddress();
  const { person } = useVisit();
  const tabs = tabsFor(person, camera.id);
  const shown = tabs.find((one) => one === tab) ?? 'overview';
  return (
    <>
      <TabBar camera={camera.id} tabs={tabs} current={shown} />
      <Suspense>{partOf(shown, camera, mayOperate(person, camera.id), now)}</Suspense>
    </>
  );
}

function partOf(tab: CameraTab, camera: Camera, operates: boolean, now: number) {
  switch (tab) {
    case 'overview':
      return <OverviewTab camera={camera} mayOperate={operates} now={now} />;
    case 'settings':
      return <SettingsTab camera={camera} mayOperate={operates} />;
    case 'measurements':
      return <TelemetryTab camera={camera} />;
    case 'calendar':
      return <CalendarTab camera={camera} />;
    case 'uploads':
      return <UploadsTab camera={camera} />;
    case 'quarantine':
      return <QuarantineTab camera={camera} mayOperate={operates} />;
    case 'commands':
      return <CommandsTab camera={camera} mayOperate={operates} />;
    case 'firmware':
      return <FirmwareTab camera={camera} />;
    case 'key':
      return <KeyTab camera={camera} />;
  }
}
