import './handleBody.css';
import * as l10n from '@vscode/l10n';
import { originText } from '../../model/format';
import { adviceText } from '../../model/handleText';
import type { HandleRow } from '../../protocol/profile';
import { CopyButton } from './copyButton';
import { HandleExamples } from './handleExamples';
import { HandleFacts } from './handleFacts';
import { HideButtons } from './hideButtons';
import { Icon } from './icon';
import { Stack } from './stack';

/** An open row of a handle list: what to do about it, all that is known, and where it comes from. */
export function HandleBody({ row }: { readonly row: HandleRow }) {
  const advice = adviceText(row);
  const stack = [...row.stack, ...row.causeStack];
  return (
    <div class="handle-body">
      {advice !== '' && (
        <p class="advice" data-test="advice">
          <Icon name="lightbulb" />
          <span>{advice}</span>
        </p>
      )}
      <HandleFacts row={row} />
      <HandleExamples examples={row.examples} />
      <Stacks row={row} />
      <div class="row-buttons">
        {stack.length > 0 && <CopyButton stack={stack} />}
        <HideButtons row={row} />
      </div>
    </div>
  );
}

function Stacks({ row }: { readonly row: HandleRow }) {
  const { stack, causeStack } = row;
  const why = originText(row.origin);
  return (
    <div class="stacks">
      {stack.length > 0 && (
        <>
          <div class="part-title">{row.kind === 'pending' ? l10n.t('Waits in') : l10n.t('Opened by')}</div>
          <Stack frames={stack} label={row.kind === 'pending' ? l10n.t('Waits in') : l10n.t('Opened by')} />
        </>
      )}
      {stack.length === 0 && why !== '' && <p class="no-stack">{why}</p>}
      {causeStack.length > 0 && (
        <>
          <div class="part-title">{l10n.t('Caused by')}</div>
          <Stack frames={causeStack} label={l10n.t('Caused by')} />
        </>
      )}
    </div>
  );
}
