import { ALERT_KINDS, ALERT_WORDS } from '../alerts/alertWords';
import type { AlertKind } from '../api/alerts';
import { Checkbox } from '../ui/Checkbox';

interface Props {
  /** Those that this person may be told of. */
  all: readonly AlertKind[];
  chosen: readonly AlertKind[];
  onChoose: (kinds: AlertKind[]) => void;
}

/** What this browser is told. */
export function KindsChoice({ all, chosen, onChoose }: Props) {
  return (
    <fieldset>
      <legend>It is told when</legend>
      {ALERT_KINDS.filter((kind) => all.includes(kind)).map((kind) => (
        <Checkbox
          key={kind}
          label={ALERT_WORDS[kind].meaning}
          checked={chosen.includes(kind)}
          onChange={(on) => onChoose(on ? [...chosen, kind] : chosen.filter((one) => one !== kind))}
        />
      ))}
    </fieldset>
  );
}
