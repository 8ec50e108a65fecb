/** A limit that a figure is held against. */
export interface Budget {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly sense: 'atLeast' | 'atMost';
  readonly met: boolean;
  /**
   * `gate`: the CI fails when it is not met. Only for sizes, counts, and ratios that are wide of the mark: the machine that
   * runs it decides all else. `aim`: told, met or not.
   */
  readonly kind: 'gate' | 'aim';
}

export function atLeast(kind: Budget['kind'], name: string, value: number, limit: number): Budget {
  return { name, value, limit, sense: 'atLeast', met: value >= limit, kind };
}

export function atMost(kind: Budget['kind'], name: string, value: number, limit: number): Budget {
  return { name, value, limit, sense: 'atMost', met: value <= limit, kind };
}
