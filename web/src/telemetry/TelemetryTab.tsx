import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Table2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useChosen } from '../address';
import { telemetryExportUrl } from '../api/exports';
import type { Camera } from '../api/gallery';
import { fetchTelemetry, type TelemetrySpan } from '../api/telemetry';
import { Awaited, Nothing } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { Choice } from '../ui/Choice';
import { Panel } from '../ui/Panel';
import { saveFrom } from '../ui/saveFile';
import { Chart } from './Chart';
import { bandOf, lastFacts, MEASURES, rangeMs, RANGES, type Range } from './measures';
import styles from './TelemetryTab.module.css';
import { TimeAxis } from './TimeAxis';

const ExportDialog = lazy(() => import('../exports/ExportDialog'));

const ALL_RANGES = RANGES.map(({ value }) => value);

/** What a camera measured: power, signal, warmth and what else it tells of, over hours to years. */
export default function TelemetryTab({ camera }: { camera: Camera }) {
  const [range, setRange] = useChosen<Range>('over', ALL_RANGES, '1d');
  const [exporting, setExporting] = useState(false);
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
    <Panel
      title="Measurements"
      action={
        <>
          <Choice label="Over" value={range} options={RANGES} onChange={setRange} beside="bar" />
          <Button icon={Table2} onClick={() => setExporting(true)}>
            Export
          </Button>
        </>
      }
    >
      {exporting && (
        <Suspense>
          <ExportDialog
            title="Export measurements"
            about="A row for each five minutes in which something was told, or each hour once it is a month old: the least and the most of each value."
            give={(format) => {
              const to = Date.now();
              saveFrom(telemetryExportUrl(camera.id, to - rangeMs(range), to, format));
            }}
            onClose={() => setExporting(false)}
          />
        </Suspense>
      )}
      <Awaited query={telemetry} what="the measurements">
        {(known) => <Charts {...known} />}
      </Awaited>
    </Panel>
  );
}

interface ChartsProps {
  from: number;
  to: number;
  step_ms: number;
  spans: readonly TelemetrySpan[];
}

function Charts({ from, to, step_ms, spans }: ChartsProps) {
  if (spans.length === 0) return <Nothing>The camera told of nothing in this time.</Nothing>;
  const facts = lastFacts(spans);
  return (
    <>
      {facts.length > 0 && (
        <ul className={styles.facts}>
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      {MEASURES.map((measure) => {
        const band = bandOf(measure, spans, step_ms, to);
        return (
          band.at.length > 0 && <Chart key={measure.key} measure={measure} band={band} from={from} to={to} />
        );
      })}
      <TimeAxis from={from} to={to} />
    </>
  );
}
