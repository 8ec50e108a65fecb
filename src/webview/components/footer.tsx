import { formatAge, formatCompactCount, formatCount, formatDelay, formatEstimate, formatQuantity, UNKNOWN } from '../../model/format';
import type { PageState } from '../state';

/** What hardly changes: the machine, the garbage collector, the number of objects, and how the history is kept. */
export function Footer({ state }: { readonly state: PageState }) {
  const { current } = state;
  if (!current) return null;
  const objects = current.heapObjects === null ? UNKNOWN : formatEstimate(formatCompactCount(current.heapObjects));
  return (
    <footer class="footer">
      <span>{formatQuantity(current.cpuCount, 'CPU')}</span>
      <span title="Threads that libuv runs file system calls and the like on">thread pool of {current.threadPoolSize}</span>
      <span>
        {formatCount(current.gcCount)} GCs, {formatDelay(current.gcTotalPause)} in total
      </span>
      <span title={current.heapObjects === null ? 'Not known: the allocation sampler is not on.' : 'An estimate of the heap sampler'}>
        {objects} objects in use
      </span>
      <span>
        a point every {state.intervalSeconds} s, {formatAge(state.windowSeconds * 1000)} kept
      </span>
    </footer>
  );
}
