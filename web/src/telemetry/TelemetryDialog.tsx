import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Camera } from '../api/gallery';
import { fetchTelemetry, type TelemetrySpan } from '../api/telemetry';
import { Button } from '../ui/Button';
import { Choice } from '../ui/Choice';
import { Dialog } from '../ui/Dialog';
import { FormButtons } from '../ui/Form';
import { Problem } from '../ui/Problem';
import { Chart } from './Chart';
import { bandOf, lastFacts, MEASURES, rangeMs, RANGES, type Range } from './measures';
import styles from './TelemetryDialog.module.css';

interface Props {
  camera: Camera;
  onClose: () => void;
}

/** What a camera measured: power, signal, warmth and what else it tells of, over hours to years. */
export default function TelemetryDialog({ camera, onClose }: Props) {
  const [range, setRange] = useState<Range>('1d');
  const telemetry = useQuery({
    queryKey: ['telemetry', camera.id, range],
    queryFn: async ({ signal }) => {
      const to = Date.now();
      const from = to - rangeMs(range);
      return { from, to, ...(await fetchTelemetry(camera.id, from, signal)) };
    },
    placeholderData: keepPreviousData,
    refetchInterval: 5 * 60_000,
  });
  return (
    <Dialog title={`Measurements of ${camera.name}`} onClose={onClose} wide>
      <Choice label="Over" value={range} options={RANGES} onChange={setRange} inline />
      <Problem error={telemetry.error} />
      {telemetry.data && <Charts {...telemetry.data} />}
      <FormButtons>
        <Button onClick={onClose}>Close</Button>
      </FormButtons>
    </Dialog>
  );
}

interface ChartsProps {
  from: number;
  to: number;
  step_ms: number;
  spans: readonly TelemetrySpan[];
}

function Charts({ from, to, step_ms, spans }: ChartsProps) {
  if (spans.length === 0) return <p role="status">The camera told of nothing in this time.</p>;
  return (
    <>
      {lastFacts(spans).map((fact) => (
        <p key={fact} className={styles.fact}>
          {fact}
        </p>
      ))}
      {MEASURES.map((measure) => {
        const band = bandOf(measure, spans, step_ms, to);
        return (
          band.at.length > 0 && <Chart key={measure.key} measure={measure} band={band} from={from} to={to} />
        );
      })}
    </>
  );
}
