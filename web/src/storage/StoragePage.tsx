import { PageFrame } from '../pages/PageFrame';
import { DiskPanel } from './DiskPanel';
import { HoldersPanel } from './HoldersPanel';
import { RetentionPanel } from './RetentionPanel';
import { TrashPanel } from './TrashPanel';

/** Who takes the room, how long it will last, and what is kept. */
export default function StoragePage() {
  return (
    <PageFrame title="Storage">
      <DiskPanel />
      <RetentionPanel />
      <HoldersPanel />
      <TrashPanel />
    </PageFrame>
  );
}
