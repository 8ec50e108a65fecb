import * as l10n from '@vscode/l10n';
import { translated } from '../../model/collectorTexts';
import { visibleText } from '../../model/displayName';
import type { Capability } from '../../protocol/capabilities';
import type { PageState } from '../state';

/** Sentences are the host's or a saved file's; this only bounds them. */
const TEXT_CHARACTERS = 500;

/** Why the program on show does not give something; undefined when it does. */
export function missingReason({ status }: Pick<PageState, 'status'>, capability: Capability): string | undefined {
  const reason = status?.missing[capability];
  return reason === undefined ? undefined : visibleText(translated(reason), TEXT_CHARACTERS);
}

/** The same for a figure that is not there. */
export function reasonFor(state: Pick<PageState, 'status'>, capability: Capability): string {
  return missingReason(state, capability) ?? l10n.t('Not known.');
}
