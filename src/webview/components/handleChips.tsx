import * as l10n from '@vscode/l10n';
import { CATEGORY_TEXTS, keepsAliveText, outlivedText } from '../../model/handleText';
import type { HandleRow } from '../../protocol/profile';
import { Icon } from './icon';

/** What sort of group it is, most urgent first. `secondary` ones give way in a narrow list: the open row says the same. */
export function HandleChips({ row }: { readonly row: HandleRow }) {
  const category = CATEGORY_TEXTS[row.category];
  const outlived = outlivedText(row);
  return (
    <span class="handle-chips">
      <Wait row={row} />
      {outlived !== '' && (
        <span class="chip tone-warning" title={outlived}>
          {l10n.t('outlived its request')}
        </span>
      )}
      {row.kind === 'pending' && (
        <span class="chip chip-quiet" title={l10n.t('An await or another reaction to a promise that has not settled.')}>
          {l10n.t('pending')}
        </span>
      )}
      <span class={`chip ${row.category === 'per_request' ? 'tone-info' : 'chip-quiet secondary'}`} title={category.title}>
        {category.text}
      </span>
      {row.keepsAlive !== null && (
        <span class="chip chip-quiet secondary" title={keepsAliveText(row)}>
          {row.keepsAlive > 0 ? l10n.t('keeps alive') : l10n.t('unref’d')}
        </span>
      )}
    </span>
  );
}

/** Stuck says all that long waiting says, so there is never more than one. */
function Wait({ row }: { readonly row: HandleRow }) {
  if (row.stuck) {
    return (
      <span class="chip tone-error" title={l10n.t('A request caused it and it has been waiting for long.')}>
        <Icon name="error" />
        {l10n.t('stuck')}
      </span>
    );
  }
  // Background work waits for as long as the program runs: that is no news.
  if (!row.longWaiting || row.category === 'background') return null;
  return (
    <span class="chip tone-warning" title={l10n.t('Has been waiting for long.')}>
      <Icon name="history" />
      {l10n.t('long wait')}
    </span>
  );
}
