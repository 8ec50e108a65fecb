/**
 * Has the layers that may not import vscode speak the editor's language too.
 *
 * Imported for its effect, and before all else: texts that stand outside of functions are looked up when their module loads.
 */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { writeDigitsIn } from '../model/digits';

// No bundle: the language is English, or nobody has translated Bifrost to it.
l10n.config({ contents: vscode.l10n.bundle ?? {} });
// Numbers are in the language of the words around them.
writeDigitsIn(vscode.l10n.bundle ? vscode.env.language : 'en');
