import { useMutation } from '@tanstack/react-query';
import { beginOpenId } from '../api/session';
import { Button } from '../ui/Button';
import { Problem } from '../ui/Problem';
import styles from './ContinueWith.module.css';

interface Props {
  /** Of the OpenID provider. */
  name: string;
  /** The secret of an invitation that is taken up by it. */
  link?: string;
}

/** The other way in: over the pages of the OpenID provider, and back to where one was. */
export function ContinueWith({ name, link }: Props) {
  const leave = useMutation({
    mutationFn: () => beginOpenId(window.location.pathname + window.location.search, link),
    onSuccess: (url) => window.location.assign(url),
  });
  return (
    <div className={styles.other}>
      <p className={styles.or}>or</p>
      <Problem error={leave.error} />
      <Button busy={leave.isPending} onClick={() => leave.mutate()}>
        Continue with {name}
      </Button>
    </div>
  );
}
