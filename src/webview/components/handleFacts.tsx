import { formatAges } from '../../model/format';
import { CATEGORY_TEXTS, changeText, keepsAliveText, outlivedText, routesText, stateText, subjectsText, waitText } from '../../model/handleText';
import type { HandleRow } from '../../protocol/profile';

/** What is known of a group, a line each. What is not known has no line. */
export function HandleFacts({ row }: { readonly row: HandleRow }) {
  const category = CATEGORY_TEXTS[row.category];
  const facts: readonly (readonly [name: string, value: string])[] = [
    ['State', stateText(row)],
    ['Waiting', waitText(row)],
    ['Ages', row.count > 1 ? formatAges(row.ages, row.estimated) : ''],
    ['About', subjectsText(row)],
    ['Requests', routesText(row)],
    ['Category', `${category.text}: ${category.title}`],
    ['Outlived', outlivedText(row)],
    ['Process', keepsAliveText(row)],
    ['In the selected time', row.appeared === null ? '' : changeText(row.appeared)],
    ['Since mark', row.sinceMark === null ? '' : changeText(row.sinceMark)],
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
