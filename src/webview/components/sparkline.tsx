import { useMemo } from 'preact/hooks';
import { sparkline } from '../../model/sparkline';

interface SparklineProps {
  readonly values: readonly (number | null)[];
  readonly capacity: number;
  readonly color: string;
}

const WIDTH = 100;
const HEIGHT = 22;

/** The shape of a figure's history, without scale: the charts below have it. */
export function Sparkline({ values, capacity, color }: SparklineProps) {
  const path = useMemo(() => sparkline(values, capacity, WIDTH, HEIGHT), [values, capacity]);
  return (
    <svg class="sparkline" viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={path} fill="none" vector-effect="non-scaling-stroke" style={{ stroke: color }} />
    </svg>
  );
}
