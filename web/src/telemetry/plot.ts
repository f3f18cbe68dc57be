// What all plots of a page have in common, so that one moment stands at one place in each of them.
import { useEffect, useEffectEvent, type RefObject } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { axisWords } from './axisWords';

/** Milliseconds since 1970: what the plots span, whether or not something is there. */
export interface TimeSpan {
  from: number;
  to: number;
}

const AXIS_FONT = '12px "Geist Variable", system-ui, sans-serif';
const LEFT_PX = 48;
// Half of what stands below the last mark.
const RIGHT_PX = 20;
const BETWEEN_TIMES_PX = 70;

/** A colour of the theme, read anew with every drawing. */
export function inked(token: string): () => string {
  return () => getComputedStyle(document.documentElement).getPropertyValue(token).trim();
}

const AXIS: uPlot.Axis = {
  stroke: inked('--text-muted'),
  font: AXIS_FONT,
  grid: { stroke: inked('--line'), width: 1 },
  ticks: { show: false },
};

/** The axes; `told`: with the times below, or only their lines. */
export function axesFor(told: boolean): uPlot.Axis[] {
  return [
    {
      ...AXIS,
      grid: { ...AXIS.grid, show: !told },
      space: BETWEEN_TIMES_PX,
      size: told ? 38 : 6,
      gap: 4,
      values: (_, marks, __, ___, incrementS) => (told ? axisWords(marks, incrementS) : marks.map(() => '')),
    },
    { ...AXIS, size: LEFT_PX, space: 28, show: !told },
  ];
}

export function timeFor({ from, to }: TimeSpan, told: boolean): Pick<uPlot.Options, 'padding' | 'scales'> {
  return {
    padding: [told ? 0 : 8, RIGHT_PX, 0, told ? LEFT_PX : 0],
    scales: { x: { time: true, range: [from / 1000, to / 1000] } },
  };
}

/** A plot in an element, as wide as that is, and in the colours of the page. `onPoint`: a moment in it is pointed at. */
export function usePlot(
  place: RefObject<HTMLElement | null>,
  options: Omit<uPlot.Options, 'width' | 'hooks'>,
  data: uPlot.AlignedData,
  onPoint?: (plot: uPlot) => void,
): void {
  const point = useEffectEvent((plot: uPlot) => onPoint?.(plot));
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const plot = new uPlot(
      { ...options, width: element.clientWidth, hooks: { setCursor: [(pointed) => point(pointed)] } },
      data,
      element,
    );
    const resized = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: options.height }),
    );
    resized.observe(element);
    const themed = new MutationObserver(() => plot.redraw());
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      resized.disconnect();
      themed.disconnect();
      plot.destroy();
    };
  }, [place, options, data]);
}
