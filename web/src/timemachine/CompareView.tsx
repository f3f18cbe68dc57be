import { ArrowLeftRight } from 'lucide-react';
import { useState } from 'react';
import type { Camera, Image } from '../api/gallery';
import { useImageDetail } from '../lightbox/useOpened';
import { cameraZone } from '../time/cameraZone';
import { clockWords } from '../time/words';
import { zoneOffsets } from '../time/zone';
import { Failed } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { Choice } from '../ui/Choice';
import { isolated } from '../ui/isolated';
import { BeforeAfter } from './BeforeAfter';
import type { TimeParams } from './address';
import styles from './CompareView.module.css';
import { NoPicture } from './NoPicture';
import { Original } from './Original';
import { SidePicker } from './SidePicker';
import { Stage } from './Stage';
import { WHOLE, type ZoomView } from './zoomView';

const HOW = [
  { value: 'slider', label: 'One over the other' },
  { value: 'side', label: 'Side by side' },
] as const;
type How = (typeof HOW)[number]['value'];

interface Props {
  params: TimeParams;
  cameras: readonly Camera[];
  onChange: (change: TimeParams) => void;
}

/** Two pictures, of two days or of two cameras, and the same part of both. */
export function CompareView({ params, cameras, onChange }: Props) {
  const left = useImageDetail(params.left);
  const right = useImageDetail(params.right);
  const [view, setView] = useState<ZoomView>(WHOLE);
  const failed = left.error ?? right.error;
  const one = left.data?.image;
  const other = right.data?.image;
  // Two cameras see different things, and one over the other tells little.
  const usual: How = one && other && one.camera_id !== other.camera_id ? 'side' : 'slider';
  const how = HOW.find(({ value }) => value === params.how)?.value ?? usual;
  const wordsOf = (image: Image) => {
    const name = cameras.find(({ id }) => id === image.camera_id)?.name ?? 'Camera';
    return `${isolated(name)}, ${clockWords(zoneOffsets(cameraZone(image.camera_id))).full(image.captured_at)}`;
  };
  return (
    <>
      {one && other && (
        <>
          {how === 'slider' ? (
            <BeforeAfter left={one} right={other} wordsOf={wordsOf} view={view} onView={setView} />
          ) : (
            <div className={styles.both} data-picture>
              {[one, other].map((image, i) => (
                <Stage
                  key={i}
                  label={`${i === 0 ? 'Left' : 'Right'}: ${wordsOf(image)}`}
                  picture={image}
                  view={view}
                  onView={setView}
                  over={<p className={styles.told}>{wordsOf(image)}</p>}
                >
                  <Original key={image.id} image={image} alt={wordsOf(image)} />
                </Stage>
              ))}
            </div>
          )}
          <div className={styles.ways}>
            <Choice
              label="Show them"
              beside="bar"
              value={how}
              options={HOW}
              onChange={(value) => onChange({ how: value })}
            />
            <Button icon={ArrowLeftRight} onClick={() => onChange({ left: other.id, right: one.id })}>
              Swap
            </Button>
            {view.scale > 1 && <Button onClick={() => setView(WHOLE)}>The whole pictures</Button>}
          </div>
        </>
      )}
      {!(one && other) && !failed && (
        <NoPicture>
          {left.isLoading || right.isLoading
            ? 'Looking for the pictures …'
            : 'Choose two pictures: by camera, day and time. The nearest that was taken is shown.'}
        </NoPicture>
      )}
      {failed && (
        <Failed
          error={failed}
          onAgain={() => {
            void left.refetch();
            void right.refetch();
          }}
        />
      )}
      <div className={styles.pickers}>
        <SidePicker
          title="Left"
          image={one}
          other={other}
          cameras={cameras}
          onPick={(id) => onChange({ left: id })}
        />
        <SidePicker
          title="Right"
          image={other}
          other={one}
          cameras={cameras}
          onPick={(id) => onChange({ right: id })}
        />
      </div>
    </>
  );
}
