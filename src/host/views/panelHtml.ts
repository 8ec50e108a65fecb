import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { inlineJson } from './inlineJson';
import type { PageFiles } from './pageFiles';
import type { PageForm } from './pageOnDemand';

/** The page: one style and one script that the nonce admits, a font, and nothing from elsewhere. */
export function panelHtml(webview: vscode.Webview, files: PageFiles, form: PageForm): string {
  const nonce = randomBytes(16).toString('base64url');
  const policy = ["default-src 'none'", `font-src ${webview.cspSource}`, `style-src 'nonce-${nonce}'`, `script-src 'nonce-${nonce}'`].join('; ');
  const { style, script } = files.texts;
  return `<!DOCTYPE html>
<html lang="${language()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">${withAddresses(style, webview, files.folder)}</style>
<title>Bifrost Profiler</title>
</head>
<body>
<div id="bifrost" data-form="${form}"></div>
<script type="application/json" id="bifrost-translation">${inlineJson(vscode.l10n.bundle ?? {})}</script>
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}

/** The files that a style names are beside its own, which a page with the style in it is not. */
function withAddresses(style: string, webview: vscode.Webview, folder: vscode.Uri): string {
  return style.replaceAll(/url\("\.\/([\w.-]+)[^"]*"\)/g, (_, name: string) => `url("${webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString()}")`);
}

/** The language of the page's texts: English, unless somebody has translated Bifrost. */
function language(): string {
  return vscode.l10n.bundle ? vscode.env.language.replaceAll(/[^\w-]/g, '') : 'en';
}
