import { Button } from './Button';
import { CommandLine } from './CommandLine';
import { FormButtons } from './Form';
import styles from './ShownOnce.module.css';

interface Props {
  lead: string;
  secret: string;
  /** What it is called, for the button that copies it. */
  what: string;
  onDone: () => void;
}

/** A secret that the server will never tell again. */
export function ShownOnce({ lead, secret, what, onDone }: Props) {
  return (
    <div className={styles.once}>
      <p>{lead}</p>
      <CommandLine command={secret} what={what} />
      <FormButtons>
        <Button look="primary" onClick={onDone}>
          Done
        </Button>
      </FormButtons>
    </div>
  );
}
