import { displayName, visibleText } from '../../model/displayName';
import { frameTitle } from '../../model/displayPath';
import { formatAge, formatCount, formatTrend } from '../../model/format';
import { headlineFrame } from '../../model/stackFrames';
import type { HandleCategory } from '../../protocol/collector';
import type { Frame } from '../../protocol/frames';
import type { HandleRow } from '../../protocol/profile';
import { FrameLink } from './frameLink';
import { Icon } from './icon';

const CATEGORIES: Readonly<Record<HandleCategory, { readonly text: string; readonly title: string }>> = {
  background: { text: 'background', title: 'Serves the program as a whole.' },
  per_request: { text: 'per request', title: 'Caused by a request that the program was handling.' },
  unknown: { text: 'unknown', title: 'Not known whether a request caused it.' },
};

const TEXT_CHARACTERS = 120;

/** A closed row of the handle list. */
export function HandleHead({ row }: { readonly row: HandleRow }) {
  const opener = openerOf(row);
  const name = opener ? displayName(opener.functionName) : 'not known';
  const state = stateText(row);
  const category = CATEGORIES[row.category];
  return (
    <div class="handle">
      <span class="handle-count">
        {formatCount(row.count)}
        <Trend change={row.trend} />
      </span>
      <span class="handle-what" title={`${visibleText(row.label, TEXT_CHARACTERS)} (${visibleText(row.type, TEXT_CHARACTERS)}): ${state}`}>
        <span class="handle-label">{visibleText(row.label, TEXT_CHARACTERS)}</span>
        <span class="handle-state">{state}</span>
      </span>
      <span class="handle-opener">
        <span class={`row-name${opener ? '' : ' unknown'}`} title={opener && frameTitle(opener)}>
          {name}
        </span>
        {opener && <FrameLink frame={opener} />}
      </span>
      <span class="handle-side">
        <span class="handle-age" title={`Half of them for at least ${formatAge(row.median)}`}>
          {formatAge(row.oldest)}
        </span>
        <Wait row={row} />
        <span class={`chip category-${row.category}`} title={category.title}>
          {category.text}
        </span>
      </span>
    </div>
  );
}

/** A handle that Node opened by itself has no frame of the user's in its own stack: then what caused it says more. */
export function openerOf(row: HandleRow): Frame | undefined {
  return headlineFrame([...row.stack, ...row.causeStack]);
}

function Trend({ change }: { readonly change: number | null }) {
  const direction = change === null || change === 0 ? 'none' : change > 0 ? 'up' : 'down';
  return (
    <span class={`trend trend-${direction}`} title="Since the reading before">
      {formatTrend(change)}
    </span>
  );
}

/** Stuck says all that long waiting says, so there is never more than one. */
function Wait({ row }: { readonly row: HandleRow }) {
  if (row.stuck) {
    return (
      <span class="chip tone-error" title="A request caused it and it has been waiting for long.">
        <Icon name="error" />
        stuck
      </span>
    );
  }
  // Background work waits for as long as the program runs: that is no news.
  if (!row.longWaiting || row.category === 'background') return null;
  return (
    <span class="chip tone-warning" title="Has been waiting for long.">
      <Icon name="history" />
      long wait
    </span>
  );
}

function stateText({ state, waitReason }: HandleRow): string {
  return visibleText(waitReason === '' ? state : `${state}, waits for ${waitReason}`, TEXT_CHARACTERS);
}
