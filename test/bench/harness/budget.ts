/** A limit that a figure is held against. */
export interface Budget {
  /** Of this one: the aim, and where it was measured. */
  readonly name: string;
  /** What is held, wherever it is measured. */
  readonly aim: string;
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

/** Names what is held, what it came to, and the least it may be. @param where Left out when it is measured once. */
export function atLeast(kind: Budget['kind'], aim: string, value: number, limit: number, where?: string): Budget {
  return { name: fullName(aim, where), aim, value, limit, sense: 'atLeast', met: value >= limit, kind };
}

/** Names what is held, what it came to, and the most it may be. @param where Left out when it is measured once. */
export function atMost(kind: Budget['kind'], aim: string, value: number, limit: number, where?: string): Budget {
  return { name: fullName(aim, where), aim, value, limit, sense: 'atMost', met: value <= limit, kind };
}

function fullName(aim: string, where: string | undefined): string {
  return where === undefined ? aim : `${aim}: ${where}`;
}
