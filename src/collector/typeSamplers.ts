import { CaptureSampler, type SamplerBudget } from '../model/captureSampler';
import type { ProgramClock } from '../protocol/units';

/**
 * Stacks of each type. A capture takes 4 to 15 µs, and some 40 with a debugger attached, for which V8 takes a second one: so
 * at most 0.4% of the program's time goes into one type. With twice as many a web service that came under load gave 20 to 40%
 * of its first three seconds.
 */
const CAPTURES: SamplerBudget = { burst: 1_500, perSecond: 100 };

const MAX_SAMPLERS = 300;

/** A sampler of creation stacks for each type of resource, so that a type that comes in thousands leaves room for the others. */
export class TypeSamplers {
  readonly #samplers = new Map<string, CaptureSampler>();
  /** See {@link LimitStep.captures}. */
  #share = 1;

  /** How many resources of its type this one stands for; 0 when its stack is not to be captured. */
  weightOf(type: string): number {
    // A program may make up a type for each of its resources: past some hundred they share one.
    const key = this.#samplers.size < MAX_SAMPLERS ? type : '';
    let sampler = this.#samplers.get(type) ?? this.#samplers.get(key);
    if (sampler === undefined) {
      this.#samplers.set(key, (sampler = new CaptureSampler(CAPTURES)));
      sampler.limit(this.#share);
    }
    return sampler.take();
  }

  /** @param share Share of the stacks that are captured without a limit. */
  limit(share: number): void {
    this.#share = share;
    for (const sampler of this.#samplers.values()) sampler.limit(share);
  }

  /** To be called about once a second. */
  refill(now: ProgramClock): void {
    for (const sampler of this.#samplers.values()) sampler.refill(now);
  }

  clear(): void {
    this.#samplers.clear();
  }
}
