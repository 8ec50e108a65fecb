import type { FromPage, ToPage } from '../protocol/panel';

/** The way to the extension host, and the little that outlives the page: a hidden panel's page is thrown away. */
export interface Host {
  post(message: FromPage): void;
  onMessage(listener: (message: ToPage) => void): void;
  /** The ids stored under `key` by an earlier page of this panel. */
  recall(key: string): readonly string[];
  remember(key: string, ids: readonly string[]): void;
}

interface VsCodeApi {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: Memory): void;
}

type Memory = Readonly<Record<string, readonly string[]>>;

/** Defined by VS Code in every webview; may be called once. */
declare function acquireVsCodeApi(): VsCodeApi;

/** Each of them, or it does not compile: a message that is missing here would be turned away. */
const MESSAGE_TYPES: Readonly<Record<ToPage['type'], true>> = {
  snapshot: true,
  sessions: true,
  processes: true,
  point: true,
  bands: true,
  events: true,
  allocations: true,
  handles: true,
  allocationList: true,
  handleList: true,
  hidden: true,
  reveal: true,
};

export function connectHost(): Host {
  const api = acquireVsCodeApi();
  let memory = readMemory(api.getState());
  return {
    post: (message) => api.postMessage(message),
    onMessage: (listener) =>
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (isToPage(event.data)) listener(event.data);
      }),
    recall: (key) => memory[key] ?? [],
    remember: (key, ids) => {
      memory = { ...memory, [key]: ids };
      api.setState(memory);
    },
  };
}

/** The host validated the content; this only turns away what other scripts of VS Code's frame post. */
function isToPage(data: unknown): data is ToPage {
  return typeof data === 'object' && data !== null && 'type' in data && typeof data.type === 'string' && Object.hasOwn(MESSAGE_TYPES, data.type);
}

/** The state may come from another version of the page. */
function readMemory(state: unknown): Memory {
  if (typeof state !== 'object' || state === null) return {};
  const lists = Object.entries(state).map(([key, value]: [string, unknown]) => {
    const ids: unknown[] = Array.isArray(value) ? value : [];
    return [key, ids.filter((id) => typeof id === 'string')] as const;
  });
  return Object.fromEntries(lists);
}
