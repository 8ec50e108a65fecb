import type { Configuration } from '../debuggee/configuration';
import { figure, type Figures } from '../harness/figure';
import type { Measurement } from './measurement';

/** What was measured of one workload on one Node.js, round by round, and how configurations compare within a round. */
export class Comparison {
  readonly #rounds: Map<string, Measurement>[] = [];
  readonly #all: readonly Configuration[];

  /** @param all The first of those with a debugger is the baseline of them, and so is the first of those without. */
  constructor(all: readonly Configuration[]) {
    this.#all = all;
  }

  add(round: number, { name }: Configuration, measurement: Measurement): void {
    (this.#rounds[round] ??= new Map()).set(name, measurement);
  }

  /** Of each round that has it, its ratio to the same round's baseline. */
  ratios(configuration: Configuration, key: keyof Measurement): number[] {
    const baseline = this.#all.find(({ isDebugged }) => isDebugged === configuration.isDebugged);
    return baseline ? this.ratiosTo(baseline, configuration, key) : [];
  }

  ratiosTo({ name: baseline }: Configuration, { name }: Configuration, key: keyof Measurement): number[] {
    return this.#rounds.flatMap((round) => {
      const [measured, base] = [round.get(name), round.get(baseline)];
      return measured && base ? [measured[key] / base[key]] : [];
    });
  }

  /** Ratios, and what they are ratios of; null when the configuration was not measured. */
  figures(configuration: Configuration): Figures | null {
    const values = (key: keyof Measurement) => this.#rounds.flatMap((round) => round.get(configuration.name)?.[key] ?? []);
    if (values('perSecond').length === 0) return null;
    const ratio = (key: keyof Measurement) => figure('x', this.ratios(configuration, key));
    return {
      throughput: ratio('perSecond'),
      p50: ratio('p50'),
      p99: ratio('p99'),
      'CPU per request': ratio('cpuPerRequest'),
      RSS: ratio('rss'),
      'loop delay p99': ratio('loopDelayP99'),
      'throughput at first': ratio('perSecondAtFirst'),
      'CPU per request at first': ratio('cpuPerRequestAtFirst'),
      requests: figure('/s', values('perSecond')),
      'latency p99': figure('ms', values('p99')),
      CPU: figure('µs', values('cpuPerRequest')),
    };
  }
}
