import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { inlineJson } from './inlineJson';
import type { PageFiles } from './pageFiles';
import type { PageForm } from './pageOnDemand';

/** The page: one style, with a font in it, and one script, which the nonce admits, and nothing from elsewhere. */
export function panelHtml({ texts: { style, script, outlines } }: PageFiles, form: PageForm): string {
  const nonce = randomBytes(16).toString('base64url');
  const policy = ["default-src 'none'", 'font-src data:', `style-src 'nonce-${nonce}'`, `script-src 'nonce-${nonce}'`].join('; ');
  return `<!DOCTYPE html>
<html lang="${language()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">${style}</style>
<title>Bifrost Profiler</title>
</head>
<body>
<div id="bifrost" data-form="${form}">${translated(outlines[form])}</div>
<script type="application/json" id="bifrost-translation">${inlineJson(vscode.l10n.bundle ?? {})}</script>
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}

/** The page's outline in the editor's language: each of its texts stands between two marks. */
function translated(outline: string): string {
  return outline.replaceAll(/\uE000(.*?)\uE001/g, (_, text: string) => asHtml(vscode.l10n.t(decodeURIComponent(text))));
}

/** A text where HTML is written, also within an attribute. */
function asHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The language of the page's texts: English, unless somebody has translated Bifrost. */
function language(): string {
  return vscode.l10n.bundle ? vscode.env.language.replaceAll(/[^\w-]/g, '') : 'en';
}
