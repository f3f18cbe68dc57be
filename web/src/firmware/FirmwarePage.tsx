import { PageFrame } from '../pages/PageFrame';
import { ReleasesPanel } from './ReleasesPanel';
import { RolloutsPanel } from './RolloutsPanel';

/** Programs that were signed, and how far they have come among the cameras. */
export default function FirmwarePage() {
  return (
    <PageFrame
      title="Firmware"
      lead="A program that you signed comes to one camera, then to a tenth, then to all. Cameras that fail take it back, and halt it."
    >
      <RolloutsPanel />
      <ReleasesPanel />
    </PageFrame>
  );
}
