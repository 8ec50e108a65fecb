/**
 * Names from the program are anything a script can call itself. Left alone, a text with a right-to-left override reads
 * backwards and drags its neighbours along, a line break tears a row, and a zero-width character makes two names look alike.
 */

/** Control, format (bidi, zero-width, tags), line and paragraph separators, lone surrogates, and fillers that look like nothing. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115F\u1160\u3164\uFFA0]/gu;

/** More marks on one letter than any language needs: they would be drawn over the rows above and below. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** What the editor takes for an icon in a text. */
const ICON = /\$\([\w-]+(?:~\w+)?\)/g;

/** As much of a name as a row holds. */
export const NAME_LIMIT = 200;

/** As much of a text as a tooltip holds. */
export const TITLE_LIMIT = 500;

/**
 * The text with everything invisible written out (`\u{202e}`), cut to `limit` characters with an ellipsis.
 * Cut first, so that a name of a megabyte costs no more than a short one.
 */
export function visibleText(text: string, limit: number): string {
  const head = text.slice(0, limit * 2);
  const visible = Array.from(head.replace(INVISIBLE, escapeCharacter).replace(STACKED_MARKS, '$1'));
  if (visible.length <= limit && head.length === text.length) return visible.join('');
  return `${visible.slice(0, limit - 1).join('')}…`;
}

/**
 * A program's text in a message of the editor's, which makes a link of `[text](command:…)` there, and runs the command on a
 * click. With a space in between it is none.
 */
export function messageText(text: string, limit = TITLE_LIMIT): string {
  return visibleText(text, limit).replaceAll('](', '] (');
}

/** A program's text in a choice that the editor offers, which draws `$(name)` there as an icon. */
export function choiceText(text: string): string {
  return visibleText(text, NAME_LIMIT).replaceAll(ICON, String.raw`\$&`);
}

/** js-debug calls a program "server.js [42] « Launch Server", after the session that it belongs to: the same without that. */
export function withoutParent(sessionName: string): string {
  return sessionName.replace(/ « .*$/s, '');
}

/** What a function is called in a list. */
export function displayName(functionName: string): string {
  return functionName === '' ? '(anonymous)' : visibleText(functionName, NAME_LIMIT);
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
