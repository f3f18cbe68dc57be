import { useQuery } from '@tanstack/react-query';
import { fetchSystem } from '../api/system';
import { PageFrame } from '../pages/PageFrame';
import { Awaited } from '../ui/Awaited';
import { BackupPanel } from './BackupPanel';
import { HealthPanel } from './HealthPanel';
import { SettingsPanel } from './SettingsPanel';

const LOOK_AGAIN_MS = 10_000;

/** How the server is, how to keep a copy of what it has, and how it is set. */
export default function SystemPage() {
  const system = useQuery({
    queryKey: ['system'],
    queryFn: ({ signal }) => fetchSystem(signal),
    refetchInterval: LOOK_AGAIN_MS,
  });
  return (
    <PageFrame title="Server">
      <Awaited query={system} what="how the server is">
        {(known) => (
          <>
            <HealthPanel system={known} />
            <BackupPanel settings={known.settings} />
            <SettingsPanel settings={known.settings} />
          </>
        )}
      </Awaited>
    </PageFrame>
  );
}
