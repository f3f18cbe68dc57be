import { PageFrame } from '../pages/PageFrame';
import { CamerasPanel } from './CamerasPanel';
import { GroupsPanel } from './GroupsPanel';
import { PeoplePanel } from './PeoplePanel';

/** Who may come in, and to which cameras. */
export default function PeoplePage() {
  return (
    <PageFrame title="People">
      <PeoplePanel />
      <GroupsPanel />
      <CamerasPanel />
    </PageFrame>
  );
}
