/**
 * Webviews in a process of their own, as VS Code has them on the desktop and on vscode.dev, where each is an origin of its own.
 * This server's are at the workbench's own origin, so that a page shares its process with the workbench: it waits for the
 * workbench's tasks, and for the garbage of both to be collected.
 */

/** One site, so that the browser lets a webview register its service worker; and a site on loopback, by RFC 6761. */
const SITE = 'bifrost.localhost';

/** Gives each origin of the site a process; otherwise all of a site share one. A flag for the browser. */
export const PROCESS_PER_ORIGIN = `--isolate-origins=http://[*.]${SITE}`;

/** The host by which the browser calls the server. @param {number} port */
export function hostApart(port) {
  return `workbench.${SITE}:${port}`;
}

/**
 * Has the workbench that the page will load put its webviews at origins of their own.
 *
 * @param {import('playwright-core').Page} page
 * @param {import('./vscodeServer.mjs').VscodeServer} server
 */
export async function setWebviewsApart(page, server) {
  const host = hostApart(server.port);
  // A page that is not as it came from the server is no local one to the browser, and would have to ask its user before it calls loopback.
  await page.context().grantPermissions(['local-network-access'], { origin: `http://${host}` });
  await page.route(
    (url) => url.host === host && url.pathname === '/',
    async (route) => {
      const { pathname, search } = new URL(route.request().url());
      const response = await route.fetch({ url: `${server.url}${pathname}${search}`, headers: { ...route.request().headers(), host } });
      const policy = response.headers()['content-security-policy'] ?? '';
      await route.fulfill({
        response,
        body: withEndpoint(await response.text(), server.port),
        headers: { ...response.headers(), 'content-security-policy': policy.replace('frame-src ', `frame-src http://*.${SITE}:* `) },
      });
    },
  );
}

/** The page with the address of webviews as in VS Code's own: `{{uuid}}` becomes what its scripts expect as a webview's host. @param {string} html @param {number} port */
function withEndpoint(html, port) {
  const endpoint = /(&quot;webviewEndpoint&quot;:&quot;)(.*?)(?=&quot;)/;
  if (!endpoint.test(html)) throw new Error('The workbench’s page no longer says where its webviews are.');
  return html.replace(endpoint, (_, key, path) => `${key}http://{{uuid}}.${SITE}:${port}/${path}`);
}
