import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteShare, fetchShares, type Share } from '../api/shares';
import { PageFrame } from '../pages/PageFrame';
import { Awaited, Nothing } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { isolated } from '../ui/isolated';
import { Row, Rows } from '../ui/Rows';
import { SHARES_KEY } from './ShareDialog';
import { shareFacts, shareWords } from './subject';

/** What is shown to strangers, how often they looked, and how to end it. */
export default function SharesPage() {
  const queries = useQueryClient();
  const shares = useQuery({
    queryKey: SHARES_KEY,
    queryFn: ({ signal }) => fetchShares(signal),
  });
  const [ending, setEnding] = useState<Share>();
  return (
    <PageFrame
      title="Shared links"
      lead="Who holds one of these links sees what it is of, without an account. To make one, press the share button at a picture, a day or a camera."
    >
      <Awaited query={shares} what="the shared links">
        {(known) =>
          known.length === 0 ? (
            <Nothing>Nothing is shared.</Nothing>
          ) : (
            <Rows label="Shared links">
              {known.map((share) => (
                <Row
                  key={share.id}
                  name={titleOf(share)}
                  mark={share.open ? undefined : 'ended'}
                  facts={shareFacts(share, shares.dataUpdatedAt)}
                >
                  <Button aria-label={`End ${isolated(titleOf(share))}`} onClick={() => setEnding(share)}>
                    End
                  </Button>
                </Row>
              ))}
            </Rows>
          )
        }
      </Awaited>
      {ending && (
        <Confirm
          title={`End ${isolated(titleOf(ending))}?`}
          action="End it"
          onConfirm={async () => {
            await deleteShare(ending.id);
            await queries.invalidateQueries({ queryKey: SHARES_KEY });
          }}
          onClose={() => setEnding(undefined)}
        >
          The link leads nowhere from then on, also for whoever looks at it now.
        </Confirm>
      )}
    </PageFrame>
  );
}

function titleOf(share: Share): string {
  return share.name === '' ? shareWords(share) : share.name;
}
