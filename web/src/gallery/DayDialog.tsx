import { useMemo, useState } from 'react';
import { Month } from '../calendar/Month';
import type { DayNumber } from '../time/zone';
import { dayText, readDay } from '../timemachine/days';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Form, FormButtons } from '../ui/Form';
import { useToasts } from '../ui/toasts';
import { nearestDay, nearestWords } from './nearestDay';
import type { Day } from './timeline';

interface Props {
  /** Those that have pictures; one at least. */
  days: readonly Day[];
  /** The one that the reader is at. */
  shown: DayNumber;
  today: DayNumber;
  onGo: (day: DayNumber) => void;
  onClose: () => void;
}

/** Which day to go to: written, or picked from those that have pictures. */
export default function DayDialog({ days, shown, today, onGo, onClose }: Props) {
  const [text, setText] = useState(dayText(shown));
  const [month, setMonth] = useState(shown);
  const toasts = useToasts();
  const counts = useMemo(() => new Map(days.map(({ day, count }) => [day, count])), [days]);
  const show = (day: DayNumber) => {
    setText(dayText(day));
    setMonth(day);
  };
  const go = () => {
    const asked = readDay(text);
    const found = asked === undefined ? undefined : nearestDay([...counts.keys()], asked);
    if (asked === undefined || found === undefined) return;
    onGo(found);
    if (found !== asked) toasts.show({ words: nearestWords(asked, found), answer: true });
  };
  return (
    <Dialog title="Go to a day" onClose={onClose}>
      <Form onSubmit={go}>
        <Field
          label="Day"
          type="date"
          required
          value={text}
          onChange={({ target: { value } }) => {
            setText(value);
            setMonth((before) => readDay(value) ?? before);
          }}
        />
        <Month counts={counts} shown={month} today={today} onShow={show} onPick={onGo} />
        <FormButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary">
            Go
          </Button>
        </FormButtons>
      </Form>
    </Dialog>
  );
}
