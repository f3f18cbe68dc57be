import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteToken, fetchTokens, type ApiToken } from '../api/account';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Panel } from '../ui/Panel';
import { Problem } from '../ui/Problem';
import { Row, Rows } from '../ui/Rows';
import { NewTokenDialog } from './NewTokenDialog';
import { tokenFacts } from './scopes';

const TOKENS_KEY = ['tokens'];

/** Programs that act for somebody. */
export function TokensPanel() {
  const queries = useQueryClient();
  const {
    data = [],
    dataUpdatedAt,
    error,
  } = useQuery({
    queryKey: TOKENS_KEY,
    queryFn: ({ signal }) => fetchTokens(signal),
  });
  const [making, setMaking] = useState(false);
  const [removing, setRemoving] = useState<ApiToken>();
  const refresh = () => void queries.invalidateQueries({ queryKey: TOKENS_KEY });
  return (
    <Panel
      title="Tokens"
      lead="For programs that use the server in your name. A token can never administer, nor do more than you may."
      action={<Button onClick={() => setMaking(true)}>Make a token</Button>}
    >
      <Problem error={error} />
      {data.length > 0 && (
        <Rows label="Tokens">
          {data.map((token) => (
            <Row key={token.id} name={token.name} facts={tokenFacts(token, dataUpdatedAt)}>
              <Button aria-label={`Remove ${token.name}`} onClick={() => setRemoving(token)}>
                Remove
              </Button>
            </Row>
          ))}
        </Rows>
      )}
      {making && (
        <NewTokenDialog
          onMade={refresh}
          onClose={() => {
            setMaking(false);
          }}
        />
      )}
      {removing && (
        <Confirm
          title={`Remove ${removing.name}?`}
          action="Remove the token"
          onConfirm={async () => {
            await deleteToken(removing.id);
            refresh();
          }}
          onClose={() => setRemoving(undefined)}
        >
          A program that uses it is refused from then on.
        </Confirm>
      )}
    </Panel>
  );
}
