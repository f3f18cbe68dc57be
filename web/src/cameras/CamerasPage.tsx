import { useQuery } from '@tanstack/react-query';
import { PageFrame } from '../pages/PageFrame';
import { fetchWaiting } from '../api/cameras';
import { AddPanel } from './AddPanel';
import { ListPanel } from './ListPanel';

const WAITING_REFETCH_MS = 5_000;

/** Which cameras there are, how one more gets in, and their keys. */
export default function CamerasPage() {
  const waiting = useQuery({
    queryKey: ['waiting'],
    queryFn: ({ signal }) => fetchWaiting(signal),
    refetchInterval: WAITING_REFETCH_MS,
  });
  return (
    <PageFrame title="Cameras">
      <AddPanel waiting={waiting.data ?? []} />
      <ListPanel />
    </PageFrame>
  );
}
