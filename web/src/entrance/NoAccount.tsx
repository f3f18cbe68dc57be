import { Button } from '../ui/Button';
import { CommandLine } from '../ui/CommandLine';
import { EntranceTitle } from './EntranceFrame';

/** A new server, and a reader who has no link: where its owner finds one. */
export function NoAccount({ onRecheck }: { onRecheck: () => void }) {
  return (
    <>
      <EntranceTitle title="Nobody has an account yet">
        <p>
          If this server is yours: it has printed a link that makes the first account, on the terminal it was
          started from and in its log. Look for <code>#setup=</code>.
        </p>
        <p>Or make an account on the machine itself:</p>
      </EntranceTitle>
      <CommandLine command="heliograph user add NAME" />
      <Button look="primary" onClick={onRecheck}>
        Look again
      </Button>
    </>
  );
}
