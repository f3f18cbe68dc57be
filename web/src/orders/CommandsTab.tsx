import { useState } from 'react';
import type { Camera } from '../api/gallery';
import type { Command } from '../api/orders';
import { momentWords } from '../time/words';
import { Awaited, Nothing } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { isolated } from '../ui/isolated';
import { Panel } from '../ui/Panel';
import { Problem } from '../ui/Problem';
import { Row, Rows } from '../ui/Rows';
import { commandWords, isUnderWay, resultWords } from './commandWords';
import styles from './CommandsTab.module.css';
import { useAskForLog, useCommands, useLog } from './useOrders';

interface Props {
  camera: Camera;
  mayOperate: boolean;
}

/** What a camera was told to do, what came of it, and the log that it sent. */
export default function CommandsTab({ camera, mayOperate }: Props) {
  const commands = useCommands(camera.id);
  return (
    <>
      {mayOperate && <LogPanel camera={camera.id} commands={commands.data ?? []} />}
      <Panel title="Commands" lead="Newest first. A camera that sleeps is told when it next speaks.">
        <Awaited query={commands} what="the commands">
          {(known) =>
            known.length === 0 ? (
              <Nothing>Nobody has told it to do anything yet.</Nothing>
            ) : (
              <Rows label={`Commands to ${isolated(camera.name)}`}>
                {known.map((command) => (
                  <Row key={command.id} name={commandWords(command)} facts={factsOf(command)} />
                ))}
              </Rows>
            )
          }
        </Awaited>
      </Panel>
    </>
  );
}

function factsOf(command: Command): string[] {
  const who = `${momentWords(command.created_at)}, by ${command.actor}`;
  const result = resultWords(command);
  return result === undefined ? [who] : [who, result];
}

function LogPanel({ camera, commands }: { camera: string; commands: readonly Command[] }) {
  const ask = useAskForLog(camera);
  const [reading, setReading] = useState(false);
  const logs = commands.filter(({ name }) => name === 'send-log');
  const sent = logs.some(({ state }) => state === 'succeeded');
  return (
    <Panel
      title="Its own log"
      lead="The last lines that the camera wrote about itself. It sends them when it is asked."
    >
      <Problem error={ask.error} />
      <p className={styles.actions}>
        <Button busy={ask.isPending || logs.some(isUnderWay)} onClick={() => ask.mutate()}>
          Ask for its log
        </Button>
        {sent && (
          <Button aria-expanded={reading} onClick={() => setReading(!reading)}>
            {reading ? 'Hide its log' : 'Read its log'}
          </Button>
        )}
      </p>
      {sent && reading && <LogText camera={camera} />}
    </Panel>
  );
}

function LogText({ camera }: { camera: string }) {
  const log = useLog(camera);
  return (
    <Awaited query={log} what="the log">
      {(text) => (
        // Long lines are scrolled to, also with keys.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className={styles.log} tabIndex={0} aria-label="Its log">
          {text}
        </pre>
      )}
    </Awaited>
  );
}
