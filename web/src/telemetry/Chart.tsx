import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { momentWords } from '../time/words';
import { axisWords } from './axisWords';
import styles from './Chart.module.css';
import { bandWords, valueWords, type Band, type Measure } from './measures';

interface Props {
  measure: Measure;
  band: Band;
  /** Milliseconds since 1970: what the chart spans, whether or not something is there. */
  from: number;
  to: number;
}

const HEIGHT = 120;
const AXIS_FONT = '12px "Geist Variable", system-ui, sans-serif';

/** One measure over time: the space between the least and the most, with gaps where nothing was heard. */
export function Chart({ measure, band, from, to }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const pointed = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const plot = new uPlot(
      optionsFor(measure, from, to, element.clientWidth, (words) => {
        if (pointed.current) pointed.current.textContent = words;
      }),
      [band.at, band.most, band.least],
      element,
    );
    const resized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
  }, [measure, band, from, to]);

  return (
    <figure className={styles.chart}>
      <figcaption className={styles.caption}>
        <span className={styles.name}>{measure.name}</span> <span>{bandWords(measure, band)}</span>
        <span ref={pointed} className={styles.pointed} aria-hidden />
      </figcaption>
      <div ref={place} role="img" aria-label={`${measure.name}: ${bandWords(measure, band)}`} />
    </figure>
  );
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function optionsFor(
  measure: Measure,
  from: number,
  to: number,
  width: number,
  onPoint: (words: string) => void,
): uPlot.Options {
  const axis = {
    stroke: colour('--text-muted'),
    font: AXIS_FONT,
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  const line = { stroke: colour('--sun'), width: 1.5, points: { size: 4 } };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false },
    scales: { x: { time: true, range: [from / 1000, to / 1000] } },
    axes: [
      {
        ...axis,
        space: 70,
        size: 26,
        values: (_, splits, __, ___, increment) => splits.map((at) => axisWords(at, increment)),
      },
      { ...axis, size: 56, space: 28 },
    ],
    series: [{}, line, { ...line, width: 1 }],
    bands: [{ series: [1, 2], fill: colour('--sun-soft') }],
    hooks: { setCursor: [(plot) => onPoint(pointWords(measure, plot))] },
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
