import { useState } from 'react';
import { advanceRollout, haltRollout, type Rollout } from '../api/firmware';
import { Awaited, Nothing } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Panel } from '../ui/Panel';
import { Problem } from '../ui/Problem';
import { Row, Rows } from '../ui/Rows';
import { countWords, nextStage, releaseName, rolloutWords } from './rolloutWords';
import { useFirmwareChange, useRollouts } from './useFirmware';

export function RolloutsPanel() {
  const rollouts = useRollouts();
  const advance = useFirmwareChange(advanceRollout);
  const halt = useFirmwareChange(haltRollout);
  const [halting, setHalting] = useState<Rollout>();
  return (
    <Panel title="Rollouts" lead="Newest first. One runs for a model at a time.">
      <Problem error={advance.error} />
      <Awaited query={rollouts} what="the rollouts">
        {(known) =>
          known.length === 0 ? (
            <Nothing>No camera was brought a program yet.</Nothing>
          ) : (
            <Rows label="Rollouts">
              {known.map((rollout) => {
                const name = releaseName(rollout.release);
                const next = nextStage(rollout);
                return (
                  <Row key={rollout.id} name={name} facts={[rolloutWords(rollout), ...countWords(rollout)]}>
                    {next !== undefined && (
                      <Button
                        aria-label={`Bring ${name} to ${next}`}
                        busy={advance.isPending}
                        onClick={() => advance.mutate(rollout.id)}
                      >
                        On to {next}
                      </Button>
                    )}
                    {rollout.state === 'running' && (
                      <Button aria-label={`Halt ${name}`} onClick={() => setHalting(rollout)}>
                        Halt
                      </Button>
                    )}
                  </Row>
                );
              })}
            </Rows>
          )
        }
      </Awaited>
      {halting && (
        <Confirm
          title={`Halt ${releaseName(halting.release)}?`}
          action="Halt it"
          onConfirm={async () => halt.mutateAsync(halting.id).then(() => undefined)}
          onClose={() => setHalting(undefined)}
        >
          No further camera is told, for good. Those that have it keep it.
        </Confirm>
      )}
    </Panel>
  );
}
