/** Entry of the panel's page: wires messages to the state, and the state to what is drawn. */
import './translation';
import '@vscode/codicons/dist/codicon.css';
import './components/base.css';
import { render } from 'preact';
import { App } from './components/app';
import { oncePerFrame } from './frameLoop';
import { connectHost } from './host';
import { initialState, isFilled, reduce } from './state';

const root = document.getElementById('bifrost');
if (!root) throw new Error('The page has no element #bifrost.');

const host = connectHost();
let state = initialState;

const draw = () => {
  const focused = document.activeElement;
  render(<App state={state} host={host} isCompact={root.dataset.form === 'compact'} />, root);
  // Moving a row to its new place takes the focus away from it. What was drawn may also have given it to something else.
  if (focused instanceof HTMLElement && document.activeElement === document.body && root.contains(focused)) {
    focused.focus({ preventScroll: true });
  }
  if (!root.dataset.loaded) {
    root.dataset.loaded = 'true';
    performance.mark('bifrost-loaded');
  }
  if (isFilled(state)) root.dataset.ready = 'true';
  else delete root.dataset.ready;
};

const requestDraw = oncePerFrame(draw);
host.onMessage((message) => {
  state = reduce(state, message);
  requestDraw();
});

// Until the host has answered, the outline that stands in the page is all there is to see.
host.post({ type: 'ready' });
