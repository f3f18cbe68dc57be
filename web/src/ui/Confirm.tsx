import { useMutation } from '@tanstack/react-query';
import { Button } from './Button';
import { Dialog } from './Dialog';
import styles from './Confirm.module.css';
import { FormButtons } from './Form';
import { Problem } from './Problem';

interface Props {
  title: string;
  /** What it means. */
  children: string;
  action: string;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ title, children, action, onConfirm, onClose }: Props) {
  const confirm = useMutation({ mutationFn: onConfirm, onSuccess: onClose });
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={styles.question}>
        <p>{children}</p>
        <Problem error={confirm.error} />
        <FormButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" busy={confirm.isPending} onClick={() => confirm.mutate()}>
            {action}
          </Button>
        </FormButtons>
      </div>
    </Dialog>
  );
}
