import { Table2 } from 'lucide-react';
import { useId, useState } from 'react';
import type { Camera } from '../api/gallery';
import { useGroups } from '../people/usePeople';
import { mayAdminister } from '../session/rights';
import { useVisit } from '../session/visit';
import { Button } from '../ui/Button';
import { Checkbox } from '../ui/Checkbox';
import { Choice } from '../ui/Choice';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Form, FormButtons } from '../ui/Form';
import { clockHour, type Filter } from './filter';
import styles from './FilterDialog.module.css';
import { useLabels, useTags } from './useOrganise';

interface Props {
  filter: Filter;
  cameras: readonly Camera[];
  /** The one that the gallery shows alone; then there is none to choose. */
  camera: string | undefined;
  onFilter: (filter: Filter) => void;
  /** Missing: nothing is shown that could be exported. */
  onExport: (() => void) | undefined;
  onClose: () => void;
}

// What somebody means who sets the one end only: from then on, or until then.
const DAY_BEGINS = 0;
const DAY_ENDS = 24;

/** Which pictures to show. */
export default function FilterDialog({ filter, cameras, camera, onFilter, onExport, onClose }: Props) {
  const [wish, setWish] = useState(filter);
  const [from, setFrom] = useState(filter.hours?.from ?? DAY_BEGINS);
  const [to, setTo] = useState(filter.hours?.to ?? DAY_ENDS);
  const { data: tags } = useTags();
  const { person } = useVisit();
  const { data: groups } = useGroups(mayAdminister(person));
  const { data: labels } = useLabels();
  const tagsId = useId();
  const labelsId = useId();
  const change = (part: Partial<Filter>) => setWish((before) => ({ ...before, ...part }));
  const trimmed = (text = '') => (text.trim() === '' ? undefined : text.trim());

  const show = () => {
    const whole = from === DAY_BEGINS && to === DAY_ENDS;
    onFilter({
      ...wish,
      tag: trimmed(wish.tag),
      text: trimmed(wish.text),
      label: trimmed(wish.label),
      hours: whole || from === to ? undefined : { from, to },
    });
    onClose();
  };
  return (
    <Dialog title="Filter" onClose={onClose}>
      <Form onSubmit={show}>
        <Checkbox label="Starred" checked={wish.starred} onChange={(starred) => change({ starred })} />
        <Checkbox label="With motion" checked={wish.motion} onChange={(motion) => change({ motion })} />
        <Checkbox label="With a note" checked={wish.noted} onChange={(noted) => change({ noted })} />
        <Field
          label="Tag"
          list={tagsId}
          value={wish.tag ?? ''}
          onChange={(event) => change({ tag: event.target.value })}
        />
        <datalist id={tagsId}>
          {tags?.map(({ tag }) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
        <Field
          label="Label"
          list={labelsId}
          value={wish.label ?? ''}
          onChange={(event) => change({ label: event.target.value })}
        />
        <datalist id={labelsId}>
          {labels?.map(({ label }) => (
            <option key={label} value={label} />
          ))}
        </datalist>
        <Field
          label="Words in the note"
          value={wish.text ?? ''}
          onChange={(event) => change({ text: event.target.value })}
        />
        <fieldset>
          <legend>Time of day</legend>
          <div className={styles.hours}>
            <HourChoice label="From" value={from} first={0} onChange={setFrom} />
            <HourChoice label="To" value={to} first={1} onChange={setTo} />
          </div>
        </fieldset>
        {groups && groups.length > 0 && (
          <Choice
            label="Group"
            value={wish.group ?? ''}
            options={[
              { value: '', label: 'Any' },
              ...groups.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(group) => change({ group: group || undefined })}
          />
        )}
        {camera === undefined && cameras.length > 2 && (
          <fieldset>
            <legend>Cameras</legend>
            <div className={styles.cameras}>
              {cameras.map(({ id, name }) => (
                <Checkbox
                  key={id}
                  label={name}
                  checked={wish.cameras.includes(id)}
                  onChange={(on) =>
                    change({ cameras: on ? [...wish.cameras, id] : wish.cameras.filter((one) => one !== id) })
                  }
                />
              ))}
            </div>
          </fieldset>
        )}
        <FormButtons>
          {onExport && (
            <Button icon={Table2} onClick={onExport}>
              Export all that are shown now
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary">
            Show
          </Button>
        </FormButtons>
      </Form>
    </Dialog>
  );
}

const HOURS_OF_DAY = 24;

interface HourProps {
  label: string;
  value: number;
  first: number;
  onChange: (hour: number) => void;
}

function HourChoice({ label, value, first, onChange }: HourProps) {
  const hours = Array.from({ length: HOURS_OF_DAY }, (_, i) => first + i);
  return (
    <Choice
      label={label}
      value={String(value)}
      options={hours.map((hour) => ({ value: String(hour), label: clockHour(hour) }))}
      onChange={(hour) => onChange(Number(hour))}
    />
  );
}
