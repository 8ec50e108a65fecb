import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import type { ChartColumns } from '../../model/chartColumns';
import type { TimeRange } from '../../model/timeView';
import type { ChartDescription } from './description';
import { plotOptions } from './plotOptions';
import { watchTheme } from './theme';

/** What is drawn: values, the stretch of time, and where each axis ends. */
export interface Plotted {
  readonly columns: ChartColumns;
  readonly range: TimeRange;
  readonly tops: ReadonlyMap<string, number>;
}

/** It is drawn before it comes into sight. */
const NEAR = '200px';

/**
 * One chart in an element that has a size of its own. Follows the element's size and the theme; changes of the pixel
 * ratio are followed by uPlot. While it is scrolled out of sight nothing is drawn.
 */
export class Plot {
  readonly #holder: HTMLElement;
  readonly #description: ChartDescription;
  readonly #hasTimeAxis: boolean;
  readonly #resizes: ResizeObserver;
  readonly #sight: IntersectionObserver;
  readonly #endThemeWatch: () => void;
  #chart: uPlot;
  #shown: Plotted | undefined;
  #isInSight = true;
  /** Whether something was to be shown while it was out of sight. */
  #isLate = false;

  constructor(holder: HTMLElement, description: ChartDescription, hasTimeAxis: boolean) {
    this.#holder = holder;
    this.#description = description;
    this.#hasTimeAxis = hasTimeAxis;
    this.#chart = this.#create();
    this.#resizes = new ResizeObserver(() => this.#chart.setSize(this.#size()));
    this.#resizes.observe(holder);
    this.#sight = new IntersectionObserver(([entry]) => this.#setInSight(entry?.isIntersecting ?? true), { root: document, rootMargin: NEAR });
    this.#sight.observe(holder);
    this.#endThemeWatch = watchTheme(() => this.#recreate());
  }

  /** Draws before the next frame: uPlot puts all that was set into one drawing. */
  update(plotted: Plotted): void {
    this.#shown = plotted;
    this.#isLate = !this.#isInSight;
    if (this.#isLate) return;
    const { columns, range } = plotted;
    this.#chart.batch(() => {
      this.#chart.setData([columns.times, ...columns.values], false);
      this.#chart.setScale('x', { min: range.start, max: range.end });
    });
  }

  dispose(): void {
    this.#resizes.disconnect();
    this.#sight.disconnect();
    this.#endThemeWatch();
    this.#chart.destroy();
  }

  #setInSight(isInSight: boolean): void {
    this.#isInSight = isInSight;
    if (this.#isLate && this.#shown) this.update(this.#shown);
  }

  #create(): uPlot {
    const empty: uPlot.AlignedData = [[], ...this.#description.series.map(() => [])];
    const options = plotOptions(this.#description, {
      ...this.#size(),
      hasTimeAxis: this.#hasTimeAxis,
      top: (axis) => this.#shown?.tops.get(axis) ?? 1,
    });
    return new uPlot(options, empty, this.#holder);
  }

  /** uPlot reads some colours once only, and themes change seldom. */
  #recreate(): void {
    this.#chart.destroy();
    this.#chart = this.#create();
    if (this.#shown) this.update(this.#shown);
  }

  #size(): { width: number; height: number } {
    return { width: this.#holder.clientWidth, height: this.#holder.clientHeight };
  }
}
