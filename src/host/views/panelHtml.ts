import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { inlineJson } from './inlineJson';

/** `full`: the panel. `compact`: what fits into a side bar. */
export type PageForm = 'full' | 'compact';

/** The page: nothing inline, nothing from elsewhere, one script that the nonce admits. */
export function panelHtml(webview: vscode.Webview, dist: vscode.Uri, form: PageForm): string {
  const nonce = randomBytes(16).toString('base64url');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview.js')).toString();
  const style = webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview.css')).toString();
  const policy = [
    "default-src 'none'",
    `img-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${language()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Bifrost Profiler</title>
</head>
<body>
<div id="bifrost" data-form="${form}"></div>
<script type="application/json" id="bifrost-translation">${inlineJson(vscode.l10n.bundle ?? {})}</script>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

/** The language of the page's texts: English, unless somebody has translated Bifrost. */
function language(): string {
  return vscode.l10n.bundle ? vscode.env.language.replaceAll(/[^\w-]/g, '') : 'en';
}
