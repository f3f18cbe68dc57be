import { useState } from 'react';
import type { Camera } from '../api/gallery';
import type { CameraSettings, Setting } from '../api/orders';
import { momentWords } from '../time/words';
import { Awaited } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { Form, FormButtons } from '../ui/Form';
import { Panel } from '../ui/Panel';
import { Problem } from '../ui/Problem';
import { Row, Rows } from '../ui/Rows';
import { factsOf } from './settingFacts';
import { SettingField } from './SettingField';
import { typedOf, valuesOf } from './settingsForm';
import styles from './SettingsTab.module.css';
import { inForceWords, standing, wantedWords } from './settingsWords';
import { useChangeSettings, useSettings } from './useOrders';

interface Props {
  camera: Camera;
  mayOperate: boolean;
}

/** What a camera should go by, what it goes by, and what it has yet to be told. */
export default function SettingsTab({ camera, mayOperate }: Props) {
  const settings = useSettings(camera.id);
  return (
    <Panel title="Settings">
      <Awaited query={settings} what="the settings">
        {(known) => (
          <>
            <p role="status">
              {standing(known)}
              {known.applied === null && ' It has not said what it goes by.'}
            </p>
            {known.set_at !== null && (
              <p>
                Set by {known.actor}, {momentWords(known.set_at)}.
              </p>
            )}
            {mayOperate ? (
              // What is typed holds for the version that it was begun from.
              <SettingsForm key={known.version} camera={camera.id} settings={known} />
            ) : (
              <Rows label="Settings">
                {known.schema.map((setting) => (
                  <Row key={setting.key} name={nameOf(setting)} facts={standingOf(setting, known)} />
                ))}
              </Rows>
            )}
          </>
        )}
      </Awaited>
    </Panel>
  );
}

function nameOf(setting: Setting): string {
  const { label, unit } = factsOf(setting);
  return unit === undefined ? label : `${label} (${unit})`;
}

function standingOf(setting: Setting, settings: CameraSettings): string[] {
  const now = inForceWords(setting, settings);
  const wanted = `Wanted: ${wantedWords(setting, settings)}`;
  return now === undefined ? [wanted] : [wanted, now];
}

function SettingsForm({ camera, settings }: { camera: string; settings: CameraSettings }) {
  const { version, schema } = settings;
  const [typed, setTyped] = useState(() => typedOf(settings.desired, schema));
  const change = useChangeSettings(camera);
  return (
    <Form onSubmit={() => change.mutate({ version, values: valuesOf(typed, schema) })}>
      <div className={styles.fields}>
        {schema.map((setting) => (
          <SettingField
            key={setting.key}
            setting={setting}
            value={typed[setting.key] ?? ''}
            inForce={inForceWords(setting, settings)}
            onChange={(value) => setTyped((before) => ({ ...before, [setting.key]: value }))}
          />
        ))}
      </div>
      <Problem error={change.error} />
      <FormButtons>
        <Button onClick={() => setTyped(typedOf(settings.desired, schema))}>As it was</Button>
        <Button type="submit" look="primary" busy={change.isPending}>
          Set it so
        </Button>
      </FormButtons>
    </Form>
  );
}
