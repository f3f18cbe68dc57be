import { useMemo, useRef } from 'react';
import type uPlot from 'uplot';
import { momentWords } from '../time/words';
import styles from './Chart.module.css';
import { bandWords, valueWords, type Band, type Measure } from './measures';
import { axesFor, inked, timeFor, usePlot, type TimeSpan } from './plot';

interface Props extends TimeSpan {
  measure: Measure;
  band: Band;
}

const HEIGHT = 104;
// Who points at a moment in one of them points at it in all.
const TOGETHER = 'telemetry';

/** One measure over time: the space between the least and the most, with gaps where nothing was heard. */
export function Chart({ measure, band, from, to }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const pointed = useRef<HTMLSpanElement>(null);
  const options = useMemo(() => optionsFor({ from, to }), [from, to]);
  const data = useMemo((): uPlot.AlignedData => [band.at, band.most, band.least], [band]);
  usePlot(place, options, data, (plot) => {
    if (pointed.current) pointed.current.textContent = pointWords(measure, plot);
  });

  return (
    <figure className={styles.chart}>
      <figcaption className={styles.caption}>
        <span className={styles.name}>{measure.name}</span>{' '}
        <span className={styles.extent}>{bandWords(measure, band)}</span>
        <span ref={pointed} className={styles.pointed} aria-hidden />
      </figcaption>
      <div ref={place} role="img" aria-label={`${measure.name}: ${bandWords(measure, band)}`} />
    </figure>
  );
}

function optionsFor(span: TimeSpan): Omit<uPlot.Options, 'width' | 'hooks'> {
  const line = { stroke: inked('--sun'), width: 1.5, points: { size: 4 } };
  return {
    height: HEIGHT,
    ...timeFor(span, false),
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false, sync: { key: TOGETHER } },
    axes: axesFor(false),
    series: [{}, line, { ...line, width: 1 }],
    bands: [{ series: [1, 2], fill: inked('--sun-soft') }],
  };
}

/** What is under the pointer; empty: nothing. */
function pointWords(measure: Measure, { cursor, data }: uPlot): string {
  const index = cursor.idx;
  if (index === null || index === undefined) return '';
  const [at, most, least] = [data[0][index], data[1]?.[index], data[2]?.[index]];
  if (at === undefined || most === null || most === undefined || least === null || least === undefined)
    return '';
  const values = [least, most].map((value) => valueWords(measure, value));
  return `${momentWords(at * 1000)}: ${least === most ? values[0] : values.join(' to ')}`;
}
