import 'uplot/dist/uPlot.min.css';
import './timeChart.css';
import uPlot from 'uplot';
import type { ChartColumns } from '../../model/chartColumns';
import type { EpochMilliseconds } from '../../protocol/units';
import type { ChartDescription } from './description';
import { watchTheme } from './theme';
import { uplotOptions, type ChartEvents } from './uplotOptions';

/** The stretch of time on show: always as long as the window, so that the line moves from right to left. */
export interface TimeRange {
  readonly start: EpochMilliseconds;
  readonly end: EpochMilliseconds;
}

/**
 * One chart in an element that has a size of its own. Follows the element's size and the theme; changes of the pixel
 * ratio are followed by uPlot.
 */
export class TimeChart {
  readonly #holder: HTMLElement;
  readonly #description: ChartDescription;
  readonly #events: ChartEvents;
  readonly #resizes: ResizeObserver;
  readonly #endThemeWatch: () => void;
  #chart: uPlot;
  #shown: { readonly columns: ChartColumns; readonly range: TimeRange } | undefined;

  constructor(holder: HTMLElement, description: ChartDescription, events: ChartEvents) {
    this.#holder = holder;
    this.#description = description;
    this.#events = events;
    this.#chart = this.#create();
    this.#resizes = new ResizeObserver(() => this.#chart.setSize(this.#size()));
    this.#resizes.observe(holder);
    this.#endThemeWatch = watchTheme(() => this.#recreate());
  }

  update(columns: ChartColumns, range: TimeRange): void {
    this.#shown = { columns, range };
    this.#chart.batch(() => {
      const values = columns.values.map((list) => [...list]);
      this.#chart.setData([[...columns.times], ...values], false);
      this.#chart.setScale('x', { min: range.start, max: range.end });
    });
  }

  /** Draws the same again: what is selected has changed. */
  redraw(): void {
    this.#chart.redraw(false);
  }

  dispose(): void {
    this.#resizes.disconnect();
    this.#endThemeWatch();
    this.#chart.destroy();
  }

  #create(): uPlot {
    const empty: uPlot.AlignedData = [[], ...this.#description.series.map(() => [])];
    return new uPlot(uplotOptions(this.#description, this.#size(), this.#events), empty, this.#holder);
  }

  /** uPlot reads some colours once only, and themes change seldom. */
  #recreate(): void {
    this.#chart.destroy();
    this.#chart = this.#create();
    if (this.#shown) this.update(this.#shown.columns, this.#shown.range);
  }

  #size(): { width: number; height: number } {
    return { width: this.#holder.clientWidth, height: this.#holder.clientHeight };
  }
}
