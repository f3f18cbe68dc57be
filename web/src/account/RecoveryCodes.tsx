import { Download } from 'lucide-react';
import { Button } from '../ui/Button';
import { CommandLine } from '../ui/CommandLine';
import { FormButtons } from '../ui/Form';
import { saveText } from '../ui/saveFile';
import styles from './RecoveryCodes.module.css';

/** Shown once, right after the second factor is confirmed. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const text = codes.join('\n');
  return (
    <div className={styles.codes}>
      <p>
        <strong>Keep these codes.</strong> Each lets you in once when your phone is lost. They are shown only
        now.
      </p>
      <CommandLine command={text} what="codes" />
      <FormButtons>
        <Button
          icon={Download}
          onClick={() => saveText('heliograph-recovery-codes.txt', `${window.location.origin}\n\n${text}\n`)}
        >
          Download
        </Button>
        <Button look="primary" onClick={onDone}>
          I have kept them
        </Button>
      </FormButtons>
    </div>
  );
}
