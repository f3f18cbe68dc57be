import { Download } from 'lucide-react';
import { QrCode } from '../account/QrCode';
import type { CameraKey } from '../api/cameras';
import { Button } from '../ui/Button';
import { CommandLine } from '../ui/CommandLine';
import { FormButtons } from '../ui/Form';
import { isolated } from '../ui/isolated';
import { saveText } from '../ui/saveFile';
import styles from './CameraKeyShown.module.css';
import { cameraUri, curlCommand, sketch } from './handover';

/** The key of a camera, in every form that brings it there. The server will never tell it again. */
export function CameraKeyShown({ camera, onDone }: { camera: CameraKey; onDone: () => void }) {
  const { origin } = window.location;
  const { key, name } = camera;
  return (
    <div className={styles.shown}>
      <p>This key is shown only now. Bring it to the camera in one of these ways:</p>
      <QrCode
        text={cameraUri(origin, key)}
        label={`QR code with the address and the key of ${isolated(name)}`}
      />
      <CommandLine command={key} what="key" />
      <CommandLine command={curlCommand(origin, key)} />
      <FormButtons>
        <Button icon={Download} onClick={() => saveText('heliograph-camera.ino', sketch(origin, key))}>
          Sketch for an ESP32-CAM
        </Button>
        <Button look="primary" onClick={onDone}>
          Done
        </Button>
      </FormButtons>
    </div>
  );
}
