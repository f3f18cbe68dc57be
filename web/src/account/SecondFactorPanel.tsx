import { useState } from 'react';
import { removeSecondFactor } from '../api/account';
import { useVisit } from '../session/visit';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Panel } from '../ui/Panel';
import { OwnPassword } from './OwnPassword';
import { SecondFactorDialog } from './SecondFactorDialog';

const LEAD =
  'A code from an app on your phone is asked for beside the password, so that somebody who has learnt your password still cannot sign in.';

export function SecondFactorPanel() {
  const { person, recheck } = useVisit();
  const [open, setOpen] = useState(false);
  const inUse = person.second_factor;
  const close = () => {
    setOpen(false);
    recheck();
  };
  return (
    <Panel
      title="Second factor"
      lead={LEAD}
      action={<Button onClick={() => setOpen(true)}>{inUse ? 'Remove it' : 'Set it up'}</Button>}
    >
      <p>{inUse ? 'In use: a code is asked for when you sign in.' : 'Not in use.'}</p>
      {open && !inUse && <SecondFactorDialog onClose={close} />}
      {open && inUse && (
        <Dialog title="Remove the second factor" onClose={close}>
          <OwnPassword
            lead="From then on your password alone lets you in. Your recovery codes end with it."
            action="Remove it"
            act={removeSecondFactor}
            onDone={close}
            onCancel={close}
          />
        </Dialog>
      )}
    </Panel>
  );
}
