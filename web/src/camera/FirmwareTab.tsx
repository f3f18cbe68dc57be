import { linkToPage } from '../address';
import type { CameraHealth } from '../api/fleet';
import type { Camera } from '../api/gallery';
import { memberWords, releaseName, rolloutWords } from '../firmware/rolloutWords';
import { useMembersOf, useRollouts } from '../firmware/useFirmware';
import { commandWords } from '../orders/commandWords';
import { useCommands } from '../orders/useOrders';
import { mayAdminister } from '../session/rights';
import { useVisit } from '../session/visit';
import { momentWords } from '../time/words';
import { Awaited, Nothing } from '../ui/Awaited';
import { ButtonLink } from '../ui/ButtonLink';
import { Panel } from '../ui/Panel';
import { Row, Rows } from '../ui/Rows';
import { useCameraHealth } from './useCameraHealth';

/** What the camera runs, as it says, and what updates came to. */
export default function FirmwareTab({ camera }: { camera: Camera }) {
  const { person } = useVisit();
  const health = useCameraHealth(camera.id);
  return (
    <>
      <Panel title="Program">
        <Awaited query={health} what="the program">
          {({ runs }) =>
            runs === null ? (
              <Nothing>It has not said what it runs. Cameras that speak the whole protocol do.</Nothing>
            ) : (
              <Rows label="Program">
                <Row name={programName(runs)} facts={programFacts(runs)} />
              </Rows>
            )
          }
        </Awaited>
      </Panel>
      <UpdatesPanel camera={camera.id} />
      {mayAdminister(person) && health.data?.runs && (
        <RolloutsPanel camera={camera.id} model={health.data.runs.model} />
      )}
    </>
  );
}

type Runs = NonNullable<CameraHealth['runs']>;

function programName({ model, firmware }: Runs): string {
  return [model, firmware].filter((word) => word !== '').join(' ') || 'A program without a name';
}

function programFacts({ sensor, told_at, takes_updates }: Runs): string[] {
  return [
    ...(sensor === '' ? [] : [`Sensor: ${sensor}`]),
    takes_updates ? 'Takes updates' : 'Takes no updates, or never said so',
    `As it said ${momentWords(told_at)}`,
  ];
}

function UpdatesPanel({ camera }: { camera: string }) {
  const commands = useCommands(camera);
  return (
    <Panel title="Updates">
      <Awaited query={commands} what="the updates">
        {(known) => {
          const updates = known.filter(({ name }) => name === 'update-firmware');
          if (updates.length === 0) return <Nothing>No update was sent to it lately.</Nothing>;
          return (
            <Rows label="Updates">
              {updates.map((update) => (
                <Row
                  key={update.id}
                  name={commandWords(update)}
                  facts={[`${momentWords(update.changed_at)}, wanted by ${update.actor}`]}
                />
              ))}
            </Rows>
          );
        }}
      </Awaited>
    </Panel>
  );
}

// Older ones tell of programs that are gone.
const SHOWN_ROLLOUTS = 5;

function RolloutsPanel({ camera, model }: { camera: string; model: string }) {
  const rollouts = useRollouts();
  const ofModel = (rollouts.data ?? []).filter(({ release }) => release.model === model);
  const members = useMembersOf(ofModel.slice(0, SHOWN_ROLLOUTS));
  return (
    <Panel
      title="Rollouts"
      lead={`To cameras that are ${model}.`}
      action={<ButtonLink href={linkToPage('firmware')}>All firmware</ButtonLink>}
    >
      <Awaited query={rollouts} what="the rollouts">
        {() =>
          ofModel.length === 0 ? (
            <Nothing>None yet.</Nothing>
          ) : (
            <Rows label="Rollouts">
              {members.map(({ data }, i) => {
                const rollout = data ?? ofModel[i];
                const member = data?.cameras?.find(({ camera_id }) => camera_id === camera);
                return (
                  rollout && (
                    <Row
                      key={rollout.id}
                      name={releaseName(rollout.release)}
                      facts={[
                        `The rollout: ${rolloutWords(rollout)}`,
                        ...(member ? [`This camera ${memberWords(member)}`] : []),
                      ]}
                    />
                  )
                );
              })}
            </Rows>
          )
        }
      </Awaited>
    </Panel>
  );
}
