import * as l10n from '@vscode/l10n';
import { formatAge, formatCompactCount, formatCount, formatDelay, formatEstimate, formatKnown, formatPercent, formatQuantity, UNKNOWN } from '../../model/format';
import { translated } from '../../model/collectorTexts';
import type { PageState } from '../state';
import { pureOf } from './pure';
import { reasonFor } from './reasons';

interface FooterProps {
  readonly state: Pick<PageState, 'current' | 'status' | 'intervalSeconds' | 'windowSeconds'>;
}

/** What hardly changes: the machine, the garbage collector, the number of objects, and how the history is kept. */
export const Footer = pureOf<FooterProps>({ current: true, status: true, intervalSeconds: true, windowSeconds: true }, ({ state }) => {
  const { current } = state;
  if (!current) return null;
  const objects = current.heapObjects === null ? UNKNOWN : formatEstimate(formatCompactCount(current.heapObjects));
  return (
    <footer class="footer">
      {current.cpuCount !== null && <span>{formatQuantity(current.cpuCount, 'CPU')}</span>}
      {current.threadPoolSize !== null && (
        <span title={l10n.t('Threads that libuv runs file system calls and the like on')}>{l10n.t('thread pool of {0}', current.threadPoolSize)}</span>
      )}
      <span title={current.gcCount === null ? reasonFor(state, 'collections') : undefined}>
        {current.gcCount === null ? l10n.t('GCs not known') : l10n.t('{0}, {1} in total', formatQuantity(current.gcCount, 'GC'), formatKnown(current.gcTotalPause, formatDelay))}
      </span>
      {current.dom !== null && (
        <span title={l10n.t('In all documents of the page ({0}), detached ones that are not collected yet included', formatCount(current.dom.documents))}>
          {l10n.t('DOM nodes {0} · event listeners {1}', formatCount(current.dom.nodes), formatCount(current.dom.listeners))}
        </span>
      )}
      <span title={current.heapObjects === null ? l10n.t('Not known: the allocation sampler is not on.') : l10n.t('An estimate of the heap sampler')}>
        {l10n.t('{0} objects in use', objects)}
      </span>
      {current.overheadPercent !== null && (
        <span title={l10n.t("What Bifrost takes of the program's thread, as it measures itself, in percent of one CPU")}>
          {l10n.t('Bifrost costs {0} here', formatPercent(current.overheadPercent))}
        </span>
      )}
      {current.overheadLimit !== '' && <span role="status">{translated(current.overheadLimit)}</span>}
      <span>
        {l10n.t('a point every {0} s, {1} kept', state.intervalSeconds, formatAge(state.windowSeconds * 1000))}
      </span>
    </footer>
  );
});
