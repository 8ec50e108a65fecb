import * as l10n from '@vscode/l10n';
import { displayName, visibleText } from '../../model/displayName';
import { frameTitle } from '../../model/displayPath';
import { formatAge, formatMembers, formatTrend, originText } from '../../model/format';
import { changeText, labelText, openerOf, stateText, subjectText, subjectsText, waitText } from '../../model/handleText';
import type { HandleRow } from '../../protocol/profile';
import { AgeHistogram } from './ageHistogram';
import { FrameLink } from './frameLink';
import { HandleChips } from './handleChips';
import { Icon } from './icon';

const TYPE_CHARACTERS = 80;

/** A closed row of a handle list: how many; what and how long; where from and of what sort. */
export function HandleHead({ row }: { readonly row: HandleRow }) {
  const subject = subjectText(row);
  const state = stateText(row);
  const sample = row.estimated ? l10n.t('An estimate from a sample') : undefined;
  return (
    <div class="handle">
      <span class="handle-figures" role="gridcell">
        <span class="handle-count">
          <span class="count" title={sample}>
            {formatMembers(row.count, row.estimated)}
          </span>
          <Trend change={row.trend} />
        </span>
        <SinceMark change={row.sinceMark} />
      </span>
      <span class="handle-what" role="gridcell">
        <span class="handle-name">
          <span class="handle-label" title={`${labelText(row)} (${visibleText(row.type, TYPE_CHARACTERS)})`}>
            {labelText(row)}
          </span>
          {subject !== '' && (
            <span class="handle-subject" title={subjectsText(row)}>
              {subject}
            </span>
          )}
        </span>
        <span class="handle-state" title={state}>
          {state}
        </span>
      </span>
      <span class="handle-when" role="gridcell" title={waitText(row)}>
        <AgeHistogram ages={row.ages} estimated={row.estimated} />
        <span class="handle-age">{formatAge(row.longestWait)}</span>
      </span>
      <span class="handle-where" role="gridcell">
        <Opener row={row} />
        <HandleChips row={row} />
      </span>
    </div>
  );
}

function Opener({ row }: { readonly row: HandleRow }) {
  const opener = openerOf(row);
  if (!opener) {
    const why = originText(row.origin) || l10n.t('No JavaScript stack.');
    return (
      <span class="handle-opener">
        <span class="handle-why" title={why}>
          {why}
        </span>
      </span>
    );
  }
  return (
    <span class="handle-opener">
      <span class="row-name" title={frameTitle(opener)}>
        {displayName(opener.functionName)}
      </span>
      <FrameLink frame={opener} isInHead />
    </span>
  );
}

function Trend({ change }: { readonly change: number | null }) {
  if (change === null || change === 0) return null;
  return (
    <span class={`trend trend-${change > 0 ? 'up' : 'down'}`} title={l10n.t('Since the reading before')}>
      {formatTrend(change)}
    </span>
  );
}

function SinceMark({ change }: { readonly change: number | null }) {
  if (change === null || change === 0) return null;
  return (
    <span class={`since-mark trend-${change > 0 ? 'up' : 'down'}`} data-test="since-mark" title={l10n.t('Since the mark')}>
      <Icon name="bookmark" />
      {changeText(change)}
    </span>
  );
}
