import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Camera, Image } from '../api/gallery';
import { fetchNearest } from '../api/nearest';
import { cameraZone } from '../time/cameraZone';
import { DAY_MS, zoneOffsets } from '../time/zone';
import { Choice } from '../ui/Choice';
import { Field } from '../ui/Field';
import { Problem } from '../ui/Problem';
import { Button } from '../ui/Button';
import { dayText, minutesText, momentOf, placeInDay, readDay, readMinutes } from './days';
import styles from './SidePicker.module.css';

interface Props {
  title: string;
  image: Image | undefined;
  /** What it is compared with. */
  other: Image | undefined;
  cameras: readonly Camera[];
  onPick: (id: string) => void;
}

interface Wish {
  camera: string;
  day: string;
  time: string;
}

/** A camera, a day and a time, of which the nearest picture is taken. */
export function SidePicker(props: Props) {
  // What was typed is of the picture that was there.
  return <Fields key={props.image?.id ?? props.other?.id} {...props} />;
}

function Fields({ title, image, other, cameras, onPick }: Props) {
  const heading = useId();
  const [wish, setWish] = useState<Wish>(() => wishFor(image ?? other, cameras));
  const find = useMutation({
    mutationFn: async ({ camera, day, time }: Wish) => {
      const offsetAt = zoneOffsets(cameraZone(camera));
      const moment = momentOf(readDay(day) ?? 0, readMinutes(time) ?? 0, offsetAt);
      const [found] = await fetchNearest(camera, [moment], DAY_MS / 2, new AbortController().signal);
      return found ?? undefined;
    },
    onSuccess: (found) => found && onPick(found.id),
    networkMode: 'always',
  });
  const change = (what: Partial<Wish>) => setWish({ ...wish, ...what });
  const whole = readDay(wish.day) !== undefined && readMinutes(wish.time) !== undefined && wish.camera !== '';
  return (
    <form
      className={styles.picker}
      aria-labelledby={heading}
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) find.mutate(wish);
      }}
    >
      <h3 id={heading} className={styles.title}>
        {title}
      </h3>
      <Choice
        label="Camera"
        value={wish.camera}
        options={cameras.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(camera) => change({ camera })}
      />
      <Field
        label="Day"
        type="date"
        value={wish.day}
        onChange={(event) => change({ day: event.target.value })}
      />
      <Field
        label="Time"
        type="time"
        value={wish.time}
        onChange={(event) => change({ time: event.target.value })}
      />
      <Button type="submit" busy={find.isPending} disabled={!whole || find.isPending}>
        Show it
      </Button>
      {find.isSuccess && find.data === undefined && (
        <p role="status" className={styles.none}>
          It took no picture within 12 hours of that.
        </p>
      )}
      <Problem error={find.error} />
    </form>
  );
}

function wishFor(image: Image | undefined, cameras: readonly Camera[]): Wish {
  const camera =
    cameras.find(({ id }) => id === image?.camera_id) ?? cameras.find(({ last_image }) => last_image);
  const shown = image ?? camera?.last_image;
  if (!camera || !shown) return { camera: cameras[0]?.id ?? '', day: '', time: '12:00' };
  const { day, minutes } = placeInDay(shown.captured_at, zoneOffsets(cameraZone(camera.id)));
  return { camera: camera.id, day: dayText(day), time: minutesText(minutes) };
}
