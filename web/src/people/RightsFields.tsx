import type { Group } from '../api/people';
import { Choice } from '../ui/Choice';
import { isolated } from '../ui/isolated';
import { NO_ROLE, ROLE_OPTIONS, withChoice, type Chosen } from './grants';

interface Props {
  groups: readonly Group[];
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
}

/** A role for every camera, and one for each group. */
export function RightsFields({ groups, chosen, onChange }: Props) {
  const rows = [
    { id: null, name: 'Every camera' },
    ...groups.map(({ id, name }) => ({ id, name: `Group ${isolated(name)}` })),
  ];
  return (
    <fieldset>
      <legend>Their role</legend>
      {rows.map(({ id, name }) => (
        <Choice
          key={id}
          beside="row"
          label={name}
          value={chosen.get(id) ?? NO_ROLE}
          options={ROLE_OPTIONS}
          onChange={(role) => onChange(withChoice(chosen, id, role))}
        />
      ))}
    </fieldset>
  );
}
