import { useState } from 'react';
import type { WaitingCamera } from '../api/cameras';
import { Button } from '../ui/Button';
import { FormButtons } from '../ui/Form';
import { Panel } from '../ui/Panel';
import { AddDialog } from './AddDialog';
import { ClaimDialog } from './ClaimDialog';
import { ImportDialog } from './ImportDialog';

type Way = 'add' | 'claim' | 'import';

function waitingWords(waiting: readonly WaitingCamera[]): string {
  const models = waiting.map(({ model, address }) => `${model || 'a camera'} at ${address}`);
  return `Waiting to be added: ${models.join(', ')}.`;
}

export function AddPanel({ waiting }: { waiting: readonly WaitingCamera[] }) {
  const [way, setWay] = useState<Way>();
  const close = () => setWay(undefined);
  return (
    <Panel
      title="Add cameras"
      lead="A camera that shows a code has made its own key. For any other, a key is made here and brought to it."
    >
      {waiting.length > 0 && <p role="status">{waitingWords(waiting)}</p>}
      <FormButtons>
        <Button look="primary" onClick={() => setWay('add')}>
          Make a key
        </Button>
        <Button onClick={() => setWay('claim')}>Enter a code</Button>
        <Button onClick={() => setWay('import')}>Import a table</Button>
      </FormButtons>
      {way === 'add' && <AddDialog onClose={close} />}
      {way === 'claim' && <ClaimDialog onClose={close} />}
      {way === 'import' && <ImportDialog onClose={close} />}
    </Panel>
  );
}
