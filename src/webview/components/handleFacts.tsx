import * as l10n from '@vscode/l10n';
import { formatAges } from '../../model/format';
import { CATEGORY_TEXTS, changeText, keepsAliveText, outlivedText, routesText, stateText, subjectsText, waitText } from '../../model/handleText';
import type { HandleRow } from '../../protocol/profile';

/** What is known of a group, a line each. What is not known has no line. */
export function HandleFacts({ row }: { readonly row: HandleRow }) {
  const category = CATEGORY_TEXTS[row.category];
  const facts: readonly (readonly [name: string, value: string])[] = [
    [l10n.t('State'), stateText(row)],
    [l10n.t('Waiting'), waitText(row)],
    [l10n.t('Ages'), row.count > 1 ? formatAges(row.ages, row.estimated) : ''],
    [l10n.t('About'), subjectsText(row)],
    [l10n.t('Requests'), routesText(row)],
    [l10n.t('Category'), `${category.text}: ${category.title}`],
    [l10n.t('Outlived'), outlivedText(row)],
    [l10n.t('Process'), keepsAliveText(row)],
    [l10n.t('In the selected time'), row.appeared === null ? '' : changeText(row.appeared)],
    [l10n.t('Since mark'), row.sinceMark === null ? '' : changeText(row.sinceMark)],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) =>
        value === '' ? null : (
          <div key={name} class="fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
