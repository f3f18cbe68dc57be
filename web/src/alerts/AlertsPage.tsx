import { BellRing } from 'lucide-react';
import { useSearchParams } from 'wouter';
import { linkToPage } from '../address';
import { useCameras } from '../gallery/useAlbum';
import { PageFrame } from '../pages/PageFrame';
import { useVisit } from '../session/visit';
import { Awaited, Nothing } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { Choice } from '../ui/Choice';
import { LinkButton } from '../ui/LinkButton';
import { Panel } from '../ui/Panel';
import { AlertList } from './AlertList';
import styles from './AlertsPage.module.css';
import { useAlerts } from './useAlerts';

const ALL = '';

/** What needs somebody, and what did. */
export default function AlertsPage() {
  const [params, setParams] = useSearchParams();
  const { login } = useVisit();
  const camera = params.get('camera') ?? undefined;
  return (
    <PageFrame title="Alerts" lead="What needs somebody now, and what did in the last 90 days.">
      <div className={styles.bar}>
        <CameraChoice
          camera={camera}
          onChange={(id) =>
            setParams(
              (before) => {
                const next = new URLSearchParams(before);
                if (id === undefined) next.delete('camera');
                else next.set('camera', id);
                return next;
              },
              { replace: true },
            )
          }
        />
        {login && (
          <LinkButton href={linkToPage('account')} icon={BellRing}>
            Be told by this browser
          </LinkButton>
        )}
      </div>
      <AlertsPanel title="Open" open camera={camera} nothing="Nothing needs anybody." />
      <AlertsPanel title="Over" open={false} camera={camera} nothing="Nothing was wrong yet." />
    </PageFrame>
  );
}

interface ChoiceProps {
  camera: string | undefined;
  onChange: (camera: string | undefined) => void;
}

function CameraChoice({ camera = ALL, onChange }: ChoiceProps) {
  const { data = [] } = useCameras();
  const known = camera === ALL || data.some(({ id }) => id === camera);
  return (
    <Choice
      label="Camera"
      value={camera}
      options={[
        { value: ALL, label: 'All, and the server' },
        ...(known ? [] : [{ value: camera, label: 'Another camera' }]),
        ...data.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(id) => onChange(id === ALL ? undefined : id)}
    />
  );
}

interface PanelProps {
  title: string;
  open: boolean;
  camera: string | undefined;
  /** Said when there is none. */
  nothing: string;
}

function AlertsPanel({ title, open, camera, nothing }: PanelProps) {
  const alerts = useAlerts({ open, ...(camera !== undefined && { camera }) });
  return (
    <Panel title={title}>
      <Awaited query={alerts} what="the alerts">
        {({ pages }) => {
          const all = pages.flatMap((page) => page.alerts);
          if (all.length === 0) return <Nothing>{nothing}</Nothing>;
          return <AlertList label={`${title}, newest first`} alerts={all} now={alerts.dataUpdatedAt} />;
        }}
      </Awaited>
      {alerts.hasNextPage && (
        <Button busy={alerts.isFetchingNextPage} onClick={() => void alerts.fetchNextPage()}>
          Show older ones
        </Button>
      )}
    </Panel>
  );
}
