import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { beginSecondFactor, confirmSecondFactor, type SecondFactor } from '../api/account';
import { Button } from '../ui/Button';
import { CommandLine } from '../ui/CommandLine';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Form, FormButtons } from '../ui/Form';
import { Problem } from '../ui/Problem';
import { OwnPassword } from './OwnPassword';
import { QrCode } from './QrCode';
import { RecoveryCodes } from './RecoveryCodes';

/** From the password over the app's first code to the recovery codes. */
export function SecondFactorDialog({ onClose }: { onClose: () => void }) {
  const [factor, setFactor] = useState<SecondFactor>();
  const [codes, setCodes] = useState<string[]>();
  return (
    <Dialog title="Second factor" onClose={onClose} insistent={codes !== undefined}>
      {codes ? (
        <RecoveryCodes codes={codes} onDone={onClose} />
      ) : factor ? (
        <FirstCode factor={factor} onConfirmed={setCodes} onCancel={onClose} />
      ) : (
        <OwnPassword
          lead="You need an authenticator app on your phone, such as Aegis, 2FAS or your password manager."
          action="Go on"
          act={beginSecondFactor}
          onDone={setFactor}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}

interface FirstCodeProps {
  factor: SecondFactor;
  onConfirmed: (recoveryCodes: string[]) => void;
  onCancel: () => void;
}

function FirstCode({ factor, onConfirmed, onCancel }: FirstCodeProps) {
  const [code, setCode] = useState('');
  const confirm = useMutation({ mutationFn: () => confirmSecondFactor(code), onSuccess: onConfirmed });
  return (
    <Form onSubmit={() => confirm.mutate()}>
      <p>Let the app read this, or type the secret into it:</p>
      <QrCode text={factor.uri} label="QR code for the authenticator app" />
      <CommandLine command={factor.secret} what="secret" />
      <Field
        label="Code that the app shows"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <Problem error={confirm.error} />
      <FormButtons>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" busy={confirm.isPending}>
          Use it from now on
        </Button>
      </FormButtons>
    </Form>
  );
}
