import * as l10n from '@vscode/l10n';
import { visibleText } from '../../model/displayName';
import { formatCount, formatQuantity } from '../../model/format';
import type { DeepCheckReport } from '../../protocol/reports';

/** As much of a line as a person reads: names come from the program. */
const LINE_LIMIT = 500;

/**
 * A deep check's result as text, in the form of the raw dump:
 *
 *     2 × await [per_request]:
 *     loadOrder
 *     \t/app/src/orders.ts:31
 */
export function deepCheckText({ timestamp, session, seconds, promises_followed, abandoned_total, abandoned, notes }: DeepCheckReport): string {
  const followed = l10n.t('{0} followed for {1} s', formatQuantity(promises_followed, 'promise'), seconds);
  const head = [l10n.t('{0} in {1}, {2}', formatQuantity(abandoned_total, 'abandoned await'), line(session.name), timestamp), `${followed}.`, ...notes];
  const meaning =
    abandoned_total === 0
      ? l10n.t('No await was collected as garbage while its promise was pending.')
      : l10n.t('These were collected as garbage while their promises were pending: the code behind them can never go on.');
  const groups = abandoned.map(
    ({ count, label, category, stack }) =>
      `\n${formatCount(count)} × ${line(label)} [${category}]:\n${stack.length > 0 ? stack.map(stackLine).join('\n') : l10n.t('(creation stack not known)')}\n`,
  );
  return [...head, meaning, ...groups].join('\n');
}

/** The tab in front of a place is ours. */
function stackLine(text: string): string {
  return text.startsWith('\t') ? `\t${line(text.slice(1))}` : line(text === '' ? '(anonymous)' : text);
}

function line(text: string): string {
  return visibleText(text, LINE_LIMIT);
}
