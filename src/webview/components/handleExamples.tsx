import * as l10n from '@vscode/l10n';
import { visibleText } from '../../model/displayName';
import { formatAge, formatDelay } from '../../model/format';
import { activityText } from '../../model/handleText';
import type { HandleExample } from '../../protocol/collector';

const SUBJECT_CHARACTERS = 120;

/** Some members by the number that the raw dump gives them, the oldest first. */
export function HandleExamples({ examples }: { readonly examples: readonly HandleExample[] }) {
  if (examples.length === 0) return null;
  return (
    <div>
      <div class="part-title">{l10n.t('Examples, as numbered in the raw dump')}</div>
      <ul class="examples" aria-label={l10n.t('Examples')}>
        {examples.map((example) => (
          <li key={example.id} class="example">
            <span class="example-id">#{example.id}</span>
            <span class="example-text">
              {example.subject !== '' && <span class="example-subject">{visibleText(example.subject, SUBJECT_CHARACTERS)}</span>}
              <span class="example-facts">{exampleFacts(example)}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function exampleFacts({ age, sinceActivity, dueIn, keepsAlive }: HandleExample): string {
  const facts = [l10n.t('open for {0}', formatAge(age))];
  if (sinceActivity !== null) facts.push(activityText(sinceActivity));
  if (dueIn !== null) facts.push(l10n.t('due in {0}', dueIn < 60_000 ? formatDelay(dueIn) : formatAge(dueIn)));
  if (keepsAlive !== null) facts.push(keepsAlive ? l10n.t('keeps alive') : 'unref’d');
  return facts.join(' · ');
}
