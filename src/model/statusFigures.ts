/** What a line at the edge of the window says of a program. */
import * as l10n from '@vscode/l10n';
import type { CurrentFigures } from '../protocol/profile';
import { formatBytes, formatCount, formatKnown, formatPercent } from './format';

export interface StatusFigures {
  /** With codicons; the figures keep their width while they change. */
  readonly text: string;
  /** The same in words, for a screen reader and as a tooltip. */
  readonly title: string;
  readonly isStuck: boolean;
}

/** @param stuck How many handles and operations look stuck. */
export function statusFigures({ cpuPercent, usedHeapBytes, openHandles }: Pick<CurrentFigures, 'cpuPercent' | 'usedHeapBytes' | 'openHandles'>, stuck: number): StatusFigures {
  const [cpu, heap, handles] = [formatKnown(cpuPercent, formatPercent), formatBytes(usedHeapBytes), formatKnown(openHandles, formatCount)];
  const figures = l10n.t('CPU {0}, heap {1}, open handles {2}', cpu, heap, handles);
  const isStuck = stuck > 0;
  return {
    text: `${isStuck ? '$(warning)' : '$(pulse)'} ${cpu}  $(database) ${heap}  $(plug) ${handles}`,
    title: isStuck ? l10n.t('{0}. Stuck: {1}', figures, formatCount(stuck)) : figures,
    isStuck,
  };
}
