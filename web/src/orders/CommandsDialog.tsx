import { useState } from 'react';
import type { Camera } from '../api/gallery';
import type { Command } from '../api/orders';
import { momentWords } from '../time/words';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { FormButtons } from '../ui/Form';
import { Problem } from '../ui/Problem';
import { Row, Rows } from '../ui/Rows';
import { commandWords, isUnderWay, resultWords } from './commandWords';
import styles from './CommandsDialog.module.css';
import { useAskForLog, useCommands, useLog } from './useOrders';

interface Props {
  camera: Camera;
  mayOperate: boolean;
  onClose: () => void;
}

/** What a camera was told to do, what came of it, and the log that it sent. */
export default function CommandsDialog({ camera, mayOperate, onClose }: Props) {
  const commands = useCommands(camera.id);
  const ask = useAskForLog(camera.id);
  const [reading, setReading] = useState(false);
  const sent =
    commands.data?.some(({ name, state }) => name === 'send-log' && state === 'succeeded') ?? false;
  const asked = commands.data?.some((one) => one.name === 'send-log' && isUnderWay(one)) ?? false;
  return (
    <Dialog title={`Commands to ${camera.name}`} onClose={onClose} wide>
      <Problem error={commands.error ?? ask.error} />
      {mayOperate && (
        <p className={styles.actions}>
          <Button busy={ask.isPending || asked} onClick={() => ask.mutate()}>
            Ask for its log
          </Button>
          {sent && (
            <Button aria-expanded={reading} onClick={() => setReading(!reading)}>
              {reading ? 'Hide its log' : 'Read its log'}
            </Button>
          )}
        </p>
      )}
      {sent && reading && <LogText camera={camera.id} />}
      {commands.data?.length === 0 && <p role="status">Nobody has told it to do anything yet.</p>}
      <Rows label={`Commands to ${camera.name}`}>
        {commands.data?.map((command) => (
          <Row key={command.id} name={commandWords(command)} facts={factsOf(command)} />
        ))}
      </Rows>
      <FormButtons>
        <Button onClick={onClose}>Close</Button>
      </FormButtons>
    </Dialog>
  );
}

function factsOf(command: Command): string[] {
  const who = `${momentWords(command.created_at)}, by ${command.actor}`;
  const result = resultWords(command);
  return result === undefined ? [who] : [who, result];
}

function LogText({ camera }: { camera: string }) {
  const log = useLog(camera);
  return (
    <>
      <Problem error={log.error} />
      {log.data !== undefined && (
        // Long lines are scrolled to, also with keys.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className={styles.log} tabIndex={0} aria-label="Its log">
          {log.data}
        </pre>
      )}
    </>
  );
}
