/**
 * Has the page speak the editor's language, which the host writes into it.
 *
 * Imported for its effect, and before all else: texts that stand outside of functions are looked up when their module loads.
 */
import * as l10n from '@vscode/l10n';
import { writeDigitsIn } from '../model/digits';

const texts = document.getElementById('bifrost-translation')?.textContent;
if (!texts) throw new Error('The page has no element #bifrost-translation.');
l10n.config({ contents: texts });
writeDigitsIn(document.documentElement.lang);
