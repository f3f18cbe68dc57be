import { BellRing } from 'lucide-react';
import { linkToAlerts } from '../address';
import { AlertList } from '../alerts/AlertList';
import { useLastAlerts } from '../alerts/useAlerts';
import { Awaited, Nothing } from '../ui/Awaited';
import { LinkButton } from '../ui/LinkButton';
import { Panel } from '../ui/Panel';

// Enough to see whether something comes again and again.
const SHOWN = 5;

/** What was wrong with a camera lately. */
export function LastAlerts({ camera }: { camera: string }) {
  const alerts = useLastAlerts(camera, SHOWN);
  return (
    <Panel
      title="Last alerts"
      action={
        alerts.data?.next != null && (
          <LinkButton href={linkToAlerts(camera)} icon={BellRing}>
            All of them
          </LinkButton>
        )
      }
    >
      <Awaited query={alerts} what="the alerts">
        {(page) =>
          page.alerts.length === 0 ? (
            <Nothing>Nothing was wrong with it yet.</Nothing>
          ) : (
            <AlertList
              ofOne
              label="Last alerts, newest first"
              alerts={page.alerts}
              now={alerts.dataUpdatedAt}
            />
          )
        }
      </Awaited>
    </Panel>
  );
}
