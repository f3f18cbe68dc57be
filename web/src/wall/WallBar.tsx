import { ArrowLeft, Maximize, Minimize } from 'lucide-react';
import { linkToPage } from '../address';
import { Choice } from '../ui/Choice';
import { IconButton } from '../ui/IconButton';
import { IconLink } from '../ui/IconLink';
import { EVERY_S, MOST, type WallOptions } from './options';
import { SCALES, type Scale } from './scale';
import styles from './WallBar.module.css';

const ALL = '';
const SHOW = [
  { value: 'latest', label: 'Latest pictures' },
  { value: 'live', label: 'Live' },
] as const;

interface Props {
  options: WallOptions;
  groups: readonly string[];
  onChange: (options: WallOptions) => void;
  /** There is no other way from here. */
  alone: boolean;
  scale: Scale;
  onScale: (scale: Scale) => void;
  full: boolean;
  onFull: (() => void) | undefined;
  /** Nobody has touched anything for a while. */
  hidden: boolean;
}

/** What the wall shows; it goes when it is not needed. */
export function WallBar(props: Props) {
  const { options, groups, onChange, scale, onScale, alone, full, onFull, hidden } = props;
  const numbers = (each: readonly number[], own: number | undefined) =>
    own === undefined || each.includes(own) ? each : [...each, own];
  return (
    <header className={styles.bar} data-hidden={hidden}>
      {alone && <IconLink icon={ArrowLeft} label="Leave the wall" href={linkToPage('fleet')} />}
      <h1 className={styles.title}>Wall</h1>
      <div className={styles.choices}>
        {groups.length > 0 && (
          <Choice
            label="Group"
            beside="bar"
            value={options.group ?? ALL}
            options={[
              { value: ALL, label: 'All cameras' },
              ...groups.map((name) => ({ value: name, label: name })),
            ]}
            onChange={(group) => onChange({ ...options, group: group === ALL ? undefined : group })}
          />
        )}
        <Choice
          label="Show"
          beside="bar"
          value={options.show}
          options={SHOW}
          onChange={(show) => onChange({ ...options, show })}
        />
        <Choice label="Pictures" beside="bar" value={scale} options={SCALES} onChange={onScale} />
        <Choice
          label="At once"
          beside="bar"
          value={String(options.most ?? ALL)}
          options={[
            { value: ALL, label: 'As many as fit' },
            ...numbers(MOST, options.most).map((most) => ({ value: String(most), label: String(most) })),
          ]}
          onChange={(most) => onChange({ ...options, most: most === ALL ? undefined : Number(most) })}
        />
        <Choice
          label="Next page after"
          beside="bar"
          value={String(options.every_s)}
          options={numbers(EVERY_S, options.every_s).map((s) => ({
            value: String(s),
            label: s < 60 ? `${s} seconds` : s === 60 ? 'a minute' : `${Math.round(s / 60)} minutes`,
          }))}
          onChange={(every) => onChange({ ...options, every_s: Number(every) })}
        />
      </div>
      {onFull && (
        <IconButton
          icon={full ? Minimize : Maximize}
          label={full ? 'Leave full screen (f)' : 'Full screen (f)'}
          onClick={onFull}
        />
      )}
    </header>
  );
}
