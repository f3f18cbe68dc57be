import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteToken, fetchTokens, type ApiToken } from '../api/account';
import { Awaited, Nothing } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Panel } from '../ui/Panel';
import { Row, Rows } from '../ui/Rows';
import { isolated } from '../ui/isolated';
import { NewTokenDialog } from './NewTokenDialog';
import { tokenFacts } from './scopes';

const TOKENS_KEY = ['tokens'];

/** Programs that act for somebody. */
export function TokensPanel() {
  const queries = useQueryClient();
  const tokens = useQuery({
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
      <Awaited query={tokens} what="the tokens">
        {(known) =>
          known.length === 0 ? (
            <Nothing>No program has a token of yours.</Nothing>
          ) : (
            <Rows label="Tokens">
              {known.map((token) => (
                <Row key={token.id} name={token.name} facts={tokenFacts(token, tokens.dataUpdatedAt)}>
                  <Button aria-label={`Remove ${isolated(token.name)}`} onClick={() => setRemoving(token)}>
                    Remove
                  </Button>
                </Row>
              ))}
            </Rows>
          )
        }
      </Awaited>
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
          title={`Remove ${isolated(removing.name)}?`}
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
