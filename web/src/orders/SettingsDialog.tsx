import { useState } from 'react';
import type { Camera } from '../api/gallery';
import type { CameraSettings, Setting } from '../api/orders';
import { Button } from '../ui/Button';
import { Choice } from '../ui/Choice';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Form, FormButtons } from '../ui/Form';
import { Problem } from '../ui/Problem';
import { settingLabel, typedOf, valuesOf } from './settingsForm';
import { useChangeSettings, useSettings } from './useOrders';

const LEFT_TO_THE_CAMERA = { value: '', label: 'as the camera likes' };

interface Props {
  camera: Camera;
  onClose: () => void;
}

export default function SettingsDialog({ camera, onClose }: Props) {
  const settings = useSettings(camera.id);
  return (
    <Dialog title={`Settings of ${camera.name}`} onClose={onClose}>
      <Problem error={settings.error} />
      {/* What is typed holds for the version that it was begun from. */}
      {settings.data && (
        <SettingsForm
          key={settings.data.version}
          camera={camera.id}
          settings={settings.data}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

interface FormProps {
  camera: string;
  settings: CameraSettings;
  onClose: () => void;
}

function SettingsForm({ camera, settings, onClose }: FormProps) {
  const [typed, setTyped] = useState(() => typedOf(settings.desired));
  const change = useChangeSettings(camera, onClose);
  const { version, schema } = settings;
  return (
    <Form onSubmit={() => change.mutate({ version, values: valuesOf(typed, schema) })}>
      <p role="status">{standing(settings)}</p>
      {schema.map((setting) => (
        <SettingField
          key={setting.key}
          setting={setting}
          value={typed[setting.key] ?? ''}
          inForce={settings.applied?.[setting.key]}
          onChange={(value) => setTyped((before) => ({ ...before, [setting.key]: value }))}
        />
      ))}
      <Problem error={change.error} />
      <FormButtons>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={change.isPending}>
          Set it so
        </Button>
      </FormButtons>
    </Form>
  );
}

interface FieldProps {
  setting: Setting;
  value: string;
  inForce: string | number | boolean | null | undefined;
  onChange: (value: string) => void;
}

function SettingField({ setting, value, inForce, onChange }: FieldProps) {
  const label = settingLabel(setting);
  if (setting.kind === 'number') {
    const hint = inForce === undefined || inForce === null ? undefined : `In force: ${String(inForce)}`;
    return (
      <Field
        label={label}
        type="number"
        min={setting.least}
        max={setting.most}
        hint={hint}
        placeholder={LEFT_TO_THE_CAMERA.label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  const words = setting.kind === 'flag' ? ['true', 'false'] : (setting.words ?? []);
  const named = setting.kind === 'flag' ? { true: 'yes', false: 'no' } : undefined;
  const options = words.map((word) => ({ value: word, label: named?.[word as 'true' | 'false'] ?? word }));
  return (
    <Choice label={label} value={value} options={[LEFT_TO_THE_CAMERA, ...options]} onChange={onChange} />
  );
}

function standing({ version, pending, reported }: CameraSettings): string {
  if (version === 0) return 'Nobody has set it yet: everything is as the camera likes.';
  if (pending) return 'The camera is told when it next speaks.';
  if (reported?.status === 'applied' && reported.reason !== null)
    return `The camera goes by these: ${reported.reason}.`;
  if (reported?.status === 'applied') return 'The camera goes by these.';
  const reason = reported?.reason ?? 'it did not say why';
  return reported?.status === 'rejected'
    ? `The camera refused these: ${reason}.`
    : `The camera tried these and took them back: ${reason}.`;
}
