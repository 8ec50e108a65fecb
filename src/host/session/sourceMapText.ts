/** Finds the comment that names a script's source map, and reads a map that stands in the comment itself. */

const NAME = 'sourceMappingURL=';
const LINE_FEED = 0x0a;

/**
 * The URL in the last comment `//# sourceMappingURL=…` of a script, or undefined; `//@` and a block comment will do too. As
 * in V8, a name with quotes or blanks in it is none: bundlers have such texts in their code.
 */
export function sourceMapUrl(script: Buffer): string | undefined {
  let at = script.lastIndexOf(NAME);
  while (at >= 0) {
    const opening = script.toString('latin1', Math.max(0, at - 4), at);
    let before = at - 1;
    if (/^\/[/*][#@][ \t]$/.test(opening)) {
      const url = namedUrl(script, at + NAME.length, opening[1] === '*');
      if (url !== undefined) return url;
      // Nothing further left on this line is a comment with a name up to the line's end. A script may be one line of 50 MB.
      before = script.lastIndexOf(LINE_FEED, at);
    }
    at = before < 0 ? -1 : script.lastIndexOf(NAME, before);
  }
  return undefined;
}

function namedUrl(script: Buffer, start: number, inBlock: boolean): string | undefined {
  const lineFeed = script.indexOf(LINE_FEED, start);
  let rest = script.toString('utf8', start, lineFeed < 0 ? script.length : lineFeed);
  if (inBlock) {
    const end = rest.indexOf('*/');
    if (end < 0) return undefined;
    rest = rest.slice(0, end);
  }
  const url = rest.trim();
  return url === '' || /[\s"'`]|\$\{/.test(url) ? undefined : url;
}

/** The text of a `data:` URL, base64 or percent-encoded; undefined when it is none or malformed. */
export function dataUrlText(url: string): string | undefined {
  const comma = url.indexOf(',');
  if (!/^data:/i.test(url) || comma < 0) return undefined;
  if (/;\s*base64$/i.test(url.slice(0, comma))) return Buffer.from(decodedIfEscaped(url.slice(comma + 1)), 'base64').toString('utf8');
  try {
    return decodeURIComponent(url.slice(comma + 1));
  } catch {
    // A `%` that escapes nothing: written by hand.
    return undefined;
  }
}

/** Base64 whose `+`, `/` and `=` were escaped as if they stood in a query. */
function decodedIfEscaped(base64: string): string {
  return base64.includes('%') ? base64.replace(/%2b/gi, '+').replace(/%2f/gi, '/').replace(/%3d/gi, '=') : base64;
}
