/**
 * What the collector says, and what is said of pages. It speaks English, whatever the language of the editor: its texts are looked up when they are
 * shown. So no part of a translation is in the program, and the API's JSON reads alike everywhere.
 */
import * as l10n from '@vscode/l10n';
import { handleKinds } from './handleKinds';
import { LIMIT_STEPS } from './overheadLimiter';
import { pageTexts } from './pageTexts';

/** A text that came from the collector, in the editor's language; one that is the program's own stays as it is. */
export function translated(text: string): string {
  return l10n.t(text);
}

/** What it calls handles and says about them and about its limits, and what is said of pages, for translators: `scripts/translations.mjs` finds the rest in its source. */
export function kindTexts(): string[] {
  const texts = handleKinds().flatMap(({ label, state, waitReason, advice }) => [label, state, waitReason, advice]).concat(LIMIT_STEPS.map(({ reason }) => reason), pageTexts());
  return [...new Set(texts)].filter((text) => text !== '');
}
