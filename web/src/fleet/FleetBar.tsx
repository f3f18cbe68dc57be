import { Checkbox } from '../ui/Checkbox';
import { Choice as ChoiceBox } from '../ui/Choice';
import { Field } from '../ui/Field';
import styles from './FleetBar.module.css';
import type { Choice } from './roster';

const ALL = '';

interface Props {
  choice: Choice;
  groups: readonly string[];
  onChange: (change: Partial<Choice>) => void;
}

/** Which of the cameras to show. */
export function FleetBar({ choice, groups, onChange }: Props) {
  return (
    <search className={styles.bar}>
      <Field
        label="Search"
        type="search"
        value={choice.search}
        placeholder="Name, group or problem"
        onChange={(event) => onChange({ search: event.target.value })}
      />
      {groups.length > 0 && (
        <ChoiceBox
          label="Group"
          value={choice.group ?? ALL}
          options={[
            { value: ALL, label: 'All cameras' },
            ...groups.map((name) => ({ value: name, label: name })),
          ]}
          onChange={(group) => onChange({ group: group === ALL ? undefined : group })}
        />
      )}
      <Checkbox
        label="Only with problems"
        checked={choice.onlyTroubled}
        onChange={(onlyTroubled) => onChange({ onlyTroubled })}
      />
    </search>
  );
}
