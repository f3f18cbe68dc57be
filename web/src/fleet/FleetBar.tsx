import { Search, TriangleAlert } from 'lucide-react';
import { Button } from '../ui/Button';
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
        quiet
        icon={Search}
        type="search"
        value={choice.search}
        placeholder="Name, group or problem"
        onChange={(event) => onChange({ search: event.target.value })}
      />
      {groups.length > 0 && (
        <ChoiceBox
          label="Group"
          quiet
          value={choice.group ?? ALL}
          options={[
            { value: ALL, label: 'All groups' },
            ...groups.map((name) => ({ value: name, label: name })),
          ]}
          onChange={(group) => onChange({ group: group === ALL ? undefined : group })}
        />
      )}
      <Button
        icon={TriangleAlert}
        aria-label="Only with problems"
        aria-pressed={choice.onlyTroubled}
        title="Only with problems"
        onClick={() => onChange({ onlyTroubled: !choice.onlyTroubled })}
      >
        <span className={styles.words}>Only with problems</span>
      </Button>
    </search>
  );
}
