import type { Camera } from '../api/gallery';
import { Failed } from '../ui/Awaited';
import { Choice } from '../ui/Choice';
import { Field } from '../ui/Field';
import { readMinutes, minutesText } from './days';
import { readMoments, type TimeParams } from './address';
import styles from './FilmView.module.css';
import { NoPicture } from './NoPicture';
import { Player } from './Player';
import { filmWords } from './sampling';
import { SpanFields } from './SpanFields';
import { useFilm, type FilmFacts } from './useFilm';
import { useSpan } from './useSpan';

const OF = [
  { value: 'all', label: 'Every picture' },
  { value: 'days', label: 'One a day, at a time' },
] as const;

interface Props {
  params: TimeParams;
  cameras: readonly Camera[];
  onChange: (change: TimeParams) => void;
}

/** Any span of a camera's time, as a film at once. */
export function FilmView({ params, cameras, onChange }: Props) {
  const span = useSpan(params, cameras);
  const film = useFilm(span, params);
  const minutes = readMinutes(params.at);
  const selected = params.moments !== undefined && readMoments(params.moments) !== undefined;
  const { camera, zone } = span;
  return (
    <>
      {camera && film.isPending && <NoPicture>Looking for the pictures …</NoPicture>}
      {film.data?.images.length === 0 && (
        <NoPicture>
          <bdi>{camera?.name}</bdi> took no pictures then.
        </NoPicture>
      )}
      {camera && film.data && film.data.images.length > 0 && (
        <>
          <Player
            // Another film begins at its own beginning.
            key={film.dataUpdatedAt}
            images={film.data.images}
            name={camera.name}
            zone={zone}
          />
          <p className={styles.lead}>{factsWords(film.data, selected)}</p>
        </>
      )}
      {film.error && <Failed error={film.error} onAgain={() => void film.refetch()} />}
      <SpanFields span={span} cameras={cameras} onChange={onChange}>
        <Choice
          label="Show"
          value={minutes === undefined ? 'all' : 'days'}
          options={OF}
          onChange={(of) => onChange({ at: of === 'days' ? '12:00' : undefined, moments: undefined })}
        />
        {minutes !== undefined && (
          <Field
            label="Time of day"
            type="time"
            value={minutesText(minutes)}
            onChange={(event) => onChange({ at: event.target.value || '12:00' })}
          />
        )}
      </SpanFields>
    </>
  );
}

function factsWords({ images, total, gaps }: FilmFacts, selected: boolean): string {
  if (selected && images.length < total)
    return `${images.length} of the ${total} that were chosen; the others are gone`;
  if (gaps === 0) return filmWords(images.length, total);
  return `${filmWords(images.length, total)}; ${gaps === 1 ? '1 day has' : `${gaps} days have`} none near that time`;
}
