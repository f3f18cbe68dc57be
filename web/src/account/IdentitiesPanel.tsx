import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { connectOpenId, deleteIdentity, fetchIdentities, type Identity } from '../api/account';
import { linkToPage } from '../address';
import { useVisit } from '../session/visit';
import { momentWords } from '../time/words';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Dialog } from '../ui/Dialog';
import { isolated } from '../ui/isolated';
import { Panel } from '../ui/Panel';
import { Problem } from '../ui/Problem';
import { Row, Rows } from '../ui/Rows';
import { OwnPassword } from './OwnPassword';

const IDENTITIES_KEY = ['identities'];

/** Accounts elsewhere that somebody signs in with; nothing where there is no provider, and was none. */
export function IdentitiesPanel() {
  const { openid } = useVisit();
  const queries = useQueryClient();
  const {
    data = [],
    error,
    isSuccess,
  } = useQuery({
    queryKey: IDENTITIES_KEY,
    queryFn: ({ signal }) => fetchIdentities(signal),
  });
  const [connecting, setConnecting] = useState(false);
  const [removing, setRemoving] = useState<Identity>();
  const name = openid ?? 'another provider';
  if (openid === null && data.length === 0) return null;
  const mayConnect = openid !== null && isSuccess && !data.some(({ in_use }) => in_use);
  return (
    <Panel
      title={`Sign in with ${name}`}
      lead={`Instead of your password, and of a second factor here: ${name} sees to both.`}
      action={mayConnect && <Button onClick={() => setConnecting(true)}>Connect</Button>}
    >
      <Problem error={error} />
      {data.length > 0 && (
        <Rows label="Connected accounts">
          {data.map((identity) => (
            <Row key={identity.id} name={identity.label} facts={factsOf(identity)}>
              <Button
                aria-label={`Disconnect ${isolated(identity.label)}`}
                onClick={() => setRemoving(identity)}
              >
                Disconnect
              </Button>
            </Row>
          ))}
        </Rows>
      )}
      {data.length === 0 && isSuccess && <p>Not connected.</p>}
      {connecting && <ConnectDialog name={name} onClose={() => setConnecting(false)} />}
      {removing && (
        <Confirm
          title={`Disconnect ${isolated(removing.label)}?`}
          action="Disconnect"
          onConfirm={async () => {
            await deleteIdentity(removing.id);
            void queries.invalidateQueries({ queryKey: IDENTITIES_KEY });
          }}
          onClose={() => setRemoving(undefined)}
        >
          From then on you sign in with your password.
        </Confirm>
      )}
    </Panel>
  );
}

function ConnectDialog({ name, onClose }: { name: string; onClose: () => void }) {
  return (
    <Dialog title={`Connect your account at ${name}`} onClose={onClose}>
      <OwnPassword
        lead={`You are sent to ${name} to sign in there, and back. Whoever can sign in there can then sign in here as you.`}
        action={`Go to ${name}`}
        act={(password) => connectOpenId(password, linkToPage('account'))}
        onDone={(url) => window.location.assign(url)}
        onCancel={onClose}
      />
    </Dialog>
  );
}

function factsOf({ issuer, created_at, in_use }: Identity): string[] {
  const since = `Connected ${momentWords(created_at)} · ${issuer}`;
  return in_use ? [since] : [since, 'Lets nobody in now: the server asks another provider.'];
}
