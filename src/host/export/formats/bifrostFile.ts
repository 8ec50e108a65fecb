import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { visibleText } from '../../../model/displayName';
import { SAVED_FORMAT, SAVED_VERSION, type SavedProfile } from '../../../protocol/savedProfile';
import { savedProfileSchema } from './savedProfileSchema';

/** A text of more characters is refused before it is parsed. */
const MAX_CHARACTERS = 256 * 1024 * 1024;
const MAX_REASON = 200;

/** What a file held, or one sentence on why it could not be opened. */
export type ReadFile = { readonly ok: true; readonly value: SavedProfile } | { readonly ok: false; readonly message: string };

/** A profile in Bifrost's own format: JSON on one line. */
export function writeBifrostFile(saved: SavedProfile): string {
  return JSON.stringify(saved);
}

/** Reads what `writeBifrostFile` wrote. The text may be anything: it never throws, and nothing of it is run or shown as markup. */
export function readBifrostFile(text: string): ReadFile {
  if (text.length > MAX_CHARACTERS) return refused(l10n.t('The file is too large for a profile.'));
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    // The file's own words are in the message, and it may hold anything.
    return refused(l10n.t('The file is damaged, or no Bifrost profile: {0}.', reason(error instanceof Error ? error.message : '')));
  }
  if (!isObject(data) || data.format !== SAVED_FORMAT) return refused(l10n.t('The file is not a Bifrost profile.'));
  if (data.version !== SAVED_VERSION) return refused(l10n.t('The file was written by another version of Bifrost: update the extension to open it.'));
  const parsed = v.safeParse(savedProfileSchema, data, { abortEarly: true });
  if (parsed.success) return { ok: true, value: parsed.output };
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  const what = reason(issue.message);
  return refused(path === null ? l10n.t('The file is damaged: {0}.', what) : l10n.t('The file is damaged: {0} at {1}.', what, reason(path)));
}

function refused(message: string): ReadFile {
  return { ok: false, message };
}

function reason(text: string): string {
  return visibleText(text, MAX_REASON).replace(/\.$/, '');
}

function isObject(value: unknown): value is { readonly format?: unknown; readonly version?: unknown } {
  return typeof value === 'object' && value !== null;
}
