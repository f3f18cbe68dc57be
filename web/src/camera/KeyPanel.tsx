import { useState } from 'react';
import { changeCamera, rotateKey, type CameraChange, type CameraKey } from '../api/cameras';
import type { Camera } from '../api/gallery';
import { CameraKeyShown } from '../cameras/CameraKeyShown';
import { useChange } from '../people/usePeople';
import { Button } from '../ui/Button';
import { Checkbox } from '../ui/Checkbox';
import { Choice } from '../ui/Choice';
import { Dialog } from '../ui/Dialog';
import { Form, FormButtons } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Panel } from '../ui/Panel';
import { Problem } from '../ui/Problem';
import { isolated } from '../ui/isolated';

// For how long the old key works beside the new one.
const OVERLAPS = [
  { value: '0', label: 'Stops at once' },
  { value: '86400', label: 'Works for a day more' },
  { value: '604800', label: 'Works for a week more' },
  { value: '2592000', label: 'Works for 30 days more' },
];

/** What a camera's key may be used for, and a new one. */
export function KeyPanel({ camera }: { camera: Camera }) {
  const [overlap, setOverlap] = useState('0');
  const [made, setMade] = useState<CameraKey>();
  const [rules, setRules] = useState({ plain_http: camera.plain_http, may_roam: camera.may_roam });
  const rotate = useChange(() => rotateKey(camera.id, Number(overlap)), setMade);
  const change = useChange((wanted: CameraChange) => changeCamera(camera.id, wanted));
  const set = (wanted: { plain_http: boolean } | { may_roam: boolean }) => {
    setRules({ ...rules, ...wanted });
    change.mutate(wanted, { onError: () => setRules(rules) });
  };
  return (
    <Panel
      title="Key"
      lead="What it proves with who it is. One that is lost or stolen ends at once with a new one; a camera that is far away is given time to learn it."
    >
      <Form onSubmit={() => rotate.mutate()}>
        {camera.suspect_at !== null && (
          <Notice>
            Its key was seen in two places at once. What it sends is kept in quarantine until it has a new
            key, or you say that all is well.{' '}
            <Button busy={change.isPending} onClick={() => change.mutate({ trusted: true })}>
              All is well
            </Button>
          </Notice>
        )}
        <Checkbox
          label="It may send its key without TLS, where everybody on the way can read it"
          checked={rules.plain_http}
          onChange={(plain_http) => set({ plain_http })}
        />
        <Checkbox
          label="It may send from several places at once"
          checked={rules.may_roam}
          onChange={(may_roam) => set({ may_roam })}
        />
        <Choice
          label="When it gets a new key, the old one"
          value={overlap}
          options={OVERLAPS}
          onChange={setOverlap}
        />
        <Problem error={rotate.error ?? change.error} />
        <FormButtons>
          <Button type="submit" look="primary" busy={rotate.isPending}>
            Make a new key
          </Button>
        </FormButtons>
      </Form>
      {made && (
        <Dialog title={`New key of ${isolated(camera.name)}`} onClose={() => setMade(undefined)} insistent>
          <CameraKeyShown camera={made} onDone={() => setMade(undefined)} />
        </Dialog>
      )}
    </Panel>
  );
}
