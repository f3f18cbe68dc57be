import { useState } from 'react';
import type { Push, PushSubscriptionFacts } from '../api/push';
import { Awaited } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Panel } from '../ui/Panel';
import { Problem } from '../ui/Problem';
import { Row, Rows } from '../ui/Rows';
import { INABILITY_WORDS } from './ability';
import { KindsChoice } from './KindsChoice';
import styles from './NotificationsPanel.module.css';
import { serviceWords, subscriptionFacts, triedWords } from './subscriptionWords';
import { usePush } from './usePush';

type Told = ReturnType<typeof usePush>;

const LEAD =
  'Your browsers are told when a camera needs somebody, also while no page is open. What is told goes through the maker of the browser, who cannot read it.';
const STANDING_WORDS = {
  off: 'This browser is told nothing.',
  'other key':
    'The server has another key than when this browser was switched on, and cannot reach it any more. Switch it on again.',
};

/** Which browsers are told of alerts, and of what: this one, and the others of the account. */
export function NotificationsPanel() {
  const told = usePush();
  const [removing, setRemoving] = useState<PushSubscriptionFacts>();
  const own = told.standing?.is === 'on' ? told.standing.as.id : undefined;
  return (
    <Panel title="Notifications" lead={LEAD} action={<Switch told={told} />}>
      <Problem error={told.on.error} />
      <Awaited query={told.server} what="what is told">
        {(server) => (
          <>
            <ThisBrowser told={told} server={server} />
            {server.subscriptions.length > 0 && (
              <Rows label="Browsers that are told">
                {server.subscriptions.map((one) => (
                  <Row
                    key={one.id}
                    name={serviceWords(one.service)}
                    mark={one.id === own ? 'this browser' : undefined}
                    facts={subscriptionFacts(one)}
                  >
                    {one.id !== own && (
                      <Button
                        aria-label={`Remove ${serviceWords(one.service)}`}
                        onClick={() => setRemoving(one)}
                      >
                        Remove
                      </Button>
                    )}
                  </Row>
                ))}
              </Rows>
            )}
          </>
        )}
      </Awaited>
      {removing && (
        <Confirm
          title={`Remove ${serviceWords(removing.service)}?`}
          action="Remove it"
          onConfirm={() => told.remove(removing.id)}
          onClose={() => setRemoving(undefined)}
        >
          That browser is told nothing any more, until somebody switches it on there again.
        </Confirm>
      )}
    </Panel>
  );
}

function Switch({ told: { server, inability, standing, on, off } }: { told: Told }) {
  if (!server.data || !standing || inability) return null;
  const { public_key: publicKey, kinds } = server.data;
  if (standing.is === 'on') return <Button onClick={() => off.mutate(standing.as)}>Switch off</Button>;
  return (
    <Button look="primary" busy={on.isPending} onClick={() => on.mutate({ publicKey, kinds })}>
      Switch on
    </Button>
  );
}

function ThisBrowser({
  told: { inability, standing, choose, attempt },
  server,
}: {
  told: Told;
  server: Push;
}) {
  if (inability) return <p role="status">{INABILITY_WORDS[inability]}</p>;
  if (!standing) return null;
  const own = standing.is === 'on' ? standing.as : undefined;
  return (
    <div className={styles.own}>
      {standing.is !== 'on' && <p role="status">{STANDING_WORDS[standing.is]}</p>}
      {own && (
        <KindsChoice
          all={server.kinds}
          chosen={own.kinds}
          onChoose={(kinds) => choose.mutate({ id: own.id, kinds })}
        />
      )}
      <Problem error={attempt.error} />
      <div className={styles.try}>
        {own && (
          <Button busy={attempt.isPending} onClick={() => attempt.mutate(own.id)}>
            Try it
          </Button>
        )}
        {/* A browser that its service does not know any more is off after it. */}
        <p role="status">{attempt.data && triedWords(attempt.data)}</p>
      </div>
    </div>
  );
}
