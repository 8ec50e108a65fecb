/**
 * What stands in the page until its first figures are drawn, as HTML: the frame around them, without the lists, of which another
 * one may be remembered. Rendered when the extension is built, with marks for the host to put the texts into the editor's language.
 */
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Timeline } from './charts/timeline';
import { PageContext } from './components/context';
import { Header } from './components/header';
import { Summary } from './components/summary';
import { Tiles } from './components/tiles';
import type { Host } from './host';
import { initialState as state } from './state';

const nothing = () => undefined;
const host: Host = { post: nothing, onMessage: nothing, remember: nothing, recall: () => [] };
const size = { isOneLine: false, toggle: nothing };

/** By the form of the page. */
export const outlines = {
  full: outlineOf(
    <>
      <Header state={state} host={host} size={size} />
      <main class="content">
        <Tiles state={state} />
        <Timeline state={state} waiting="" selected={null} onSelect={nothing} />
      </main>
    </>,
  ),
  compact: outlineOf(<Summary state={state} host={host} size={size} />),
};

function outlineOf(children: ComponentChildren): string {
  return renderToString(<PageContext.Provider value={{ host, sessionId: null, workspaceFolders: [] }}>{children}</PageContext.Provider>);
}
