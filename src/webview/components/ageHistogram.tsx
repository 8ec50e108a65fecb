import * as l10n from '@vscode/l10n';
import { AGE_CLASSES, formatAges } from '../../model/format';

/** A class with any member at all can be seen beside one with thousands. */
const LOWEST_PERCENT = 18;

interface AgeHistogramProps {
  readonly ages: readonly number[];
  readonly estimated: boolean;
}

/**
 * How the members are spread over the ages: one bar per class, young on the left. The bars are backgrounds of one element:
 * as elements they were a fifth of all that a row has, and each row that comes into sight has to be made.
 */
export function AgeHistogram({ ages, estimated }: AgeHistogramProps) {
  const text = formatAges(ages, estimated);
  if (text === '') return null;
  const most = Math.max(...ages);
  return (
    <span
      class="ages"
      data-test="age-histogram"
      role="img"
      aria-label={l10n.t('Ages: {0}', text)}
      title={text}
      style={{ backgroundSize: AGE_CLASSES.map((_name, index) => `5px ${barHeight(ages[index] ?? 0, most)}`).join(', ') }}
    />
  );
}

function barHeight(count: number, most: number): string {
  return count === 0 ? '1px' : `${Math.max(LOWEST_PERCENT, (count / most) * 100).toFixed(0)}%`;
}
