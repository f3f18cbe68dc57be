import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, Columns2, Play } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import type { Camera } from '../api/gallery';
import { fetchNearest } from '../api/nearest';
import { clockWords, MINUTE_MS, spanWords } from '../time/words';
import { zoneOffsets } from '../time/zone';
import { Failed } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { Choice } from '../ui/Choice';
import { Field } from '../ui/Field';
import { isolated } from '../ui/isolated';
import { LinkButton } from '../ui/LinkButton';
import { isTyping } from '../ui/isTyping';
import { compareAddress, linkToTime, type TimeParams } from './address';
import { DayStrip, slotWords } from './DayStrip';
import {
  dayText,
  daysFrom,
  minutesText,
  momentOf,
  readMinutes,
  slotsOf,
  slotsWords,
  slotToShow,
  type Slot,
} from './days';
import styles from './DaysView.module.css';
import { NoPicture } from './NoPicture';
import { Original } from './Original';
import { SpanFields } from './SpanFields';
import { Stage } from './Stage';
import { useSpan } from './useSpan';
import { WHOLE, type ZoomView } from './zoomView';

const NOON = 12 * 60;
const WITHIN = [
  { value: '5', label: '5 minutes' },
  { value: '30', label: 'half an hour' },
  { value: '60', label: 'an hour' },
  { value: '180', label: '3 hours' },
  { value: '720', label: '12 hours' },
] as const;
type Within = (typeof WITHIN)[number]['value'];

interface Props {
  params: TimeParams;
  cameras: readonly Camera[];
  onChange: (change: TimeParams) => void;
}

/** One camera at the same time of every day. */
export function DaysView({ params, cameras, onChange }: Props) {
  const span = useSpan(params, cameras);
  const { camera, zone, offsetAt, first, last } = span;
  const minutes = readMinutes(params.at) ?? NOON;
  const within: Within = WITHIN.find(({ value }) => value === params.within)?.value ?? '60';
  const days = daysFrom(first, last);
  const nearest = useQuery({
    queryKey: ['nearest', camera?.id, zone, minutes, first, last, within],
    queryFn: async ({ signal }) => {
      const moments = days.map((day) => momentOf(day, minutes, offsetAt));
      const images = await fetchNearest(camera?.id ?? '', moments, Number(within) * MINUTE_MS, signal);
      return slotsOf(days, minutes, offsetAt, images);
    },
    enabled: camera !== undefined,
    placeholderData: keepPreviousData,
  });
  const slots = nearest.data;
  return (
    <>
      {camera && !slots && !nearest.error && <NoPicture>Looking for the pictures …</NoPicture>}
      {camera && slots && (
        <Shown
          slots={slots}
          camera={camera}
          zone={zone}
          minutes={minutes}
          asked={params.day}
          onDay={(slot) => onChange({ day: dayText(slot.day) })}
          film={linkToTime('film', {
            camera: camera.id,
            zone,
            at: minutesText(minutes),
            within,
            from: dayText(first),
            to: dayText(last),
          })}
        />
      )}
      {nearest.error && <Failed error={nearest.error} onAgain={() => void nearest.refetch()} />}
      <SpanFields span={span} cameras={cameras} onChange={onChange}>
        <Field
          label="Time of day"
          type="time"
          value={minutesText(minutes)}
          onChange={(event) => onChange({ at: event.target.value })}
        />
        <Choice
          label="Off by at most"
          value={within}
          options={WITHIN}
          onChange={(value) => onChange({ within: value })}
        />
      </SpanFields>
    </>
  );
}

interface ShownProps {
  slots: readonly Slot[];
  camera: Camera;
  zone: string;
  minutes: number;
  asked: string | undefined;
  onDay: (slot: Slot) => void;
  film: string;
}

function Shown({ slots, camera, zone, minutes, asked, onDay, film }: ShownProps) {
  const [view, setView] = useState<ZoomView>(WHOLE);
  const index = slotToShow(slots, slots.find(({ day }) => dayText(day) === asked)?.day);
  const slot = slots[index];
  const clock = clockWords(zoneOffsets(zone));

  const go = (to: number) => {
    const next = slots[Math.min(Math.max(to, 0), slots.length - 1)];
    if (next) onDay(next);
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isTyping(event) || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: slots.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);

  if (!slot) return null;
  const first = slots.find(({ image }) => image !== null)?.image;
  const latest = slots.findLast(({ image }) => image !== null)?.image;
  return (
    <>
      <Stage
        label={`${isolated(camera.name)}, ${slotWords(slot, clock, minutes)}`}
        picture={slot.image ?? undefined}
        view={view}
        onView={setView}
        over={
          <>
            <p className={styles.told} aria-live="polite">
              {slotWords(slot, clock, minutes)}
              {slot.image && offWords(slot.image.captured_at - slot.moment)}
            </p>
            <button
              type="button"
              className={styles.earlier}
              aria-label="The day before"
              disabled={index === 0}
              onClick={() => go(index - 1)}
            >
              <ChevronLeft size={26} aria-hidden />
            </button>
            <button
              type="button"
              className={styles.later}
              aria-label="The day after"
              disabled={index === slots.length - 1}
              onClick={() => go(index + 1)}
            >
              <ChevronRight size={26} aria-hidden />
            </button>
          </>
        }
      >
        {slot.image ? (
          <Original
            key={slot.image.id}
            image={slot.image}
            alt={`${isolated(camera.name)}, ${clock.full(slot.image.captured_at)}`}
          />
        ) : (
          <p className={styles.gap}>No picture near {minutesText(minutes)} on this day</p>
        )}
        <Neighbours slots={slots} index={index} />
      </Stage>
      <DayStrip slots={slots} current={index} minutes={minutes} clock={clock} onPick={go} />
      <div className={styles.ways}>
        <p className={styles.count}>{slotsWords(slots)}</p>
        <LinkButton href={film} icon={Play}>
          Play as a film
        </LinkButton>
        {first && latest && first !== latest && (
          <LinkButton href={compareAddress(first, latest)} icon={Columns2}>
            Compare the first and the last
          </LinkButton>
        )}
        {slot.image && (
          <LinkButton href={compareAddress(slot.image)} icon={Columns2}>
            Compare this one
          </LinkButton>
        )}
        {view.scale > 1 && <Button onClick={() => setView(WHOLE)}>The whole picture</Button>}
      </div>
    </>
  );
}

/** The originals of the day before and after, so that a step waits for nothing. */
function Neighbours({ slots, index }: { slots: readonly Slot[]; index: number }) {
  const images = [slots[index - 1]?.image, slots[index + 1]?.image].filter((image) => image != null);
  return (
    <div hidden>
      {images.map((image) => (
        <Original key={image.id} image={image} alt="" />
      ))}
    </div>
  );
}

/** ", 20 minutes later than asked for", or nothing to speak of. */
function offWords(off: number): string {
  if (Math.abs(off) < MINUTE_MS) return '';
  return `, ${spanWords(Math.abs(off))} ${off > 0 ? 'after' : 'before'} the time asked for`;
}
