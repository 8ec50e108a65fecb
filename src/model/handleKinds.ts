/** What Bifrost knows of an async resource by Node's name for it. */
export interface HandleKind {
  /** What a person calls it. */
  readonly label: string;
  /** What it is doing for as long as it is open. */
  readonly state: string;
  /** What would end the wait; '' when it waits for nothing in particular. */
  readonly waitReason: string;
  /** What closes it or ends the wait; '' when nothing needs to. */
  readonly advice: string;
  /** True for what serves the program as a whole, whoever opened it. */
  readonly background?: true;
  /** Whether it keeps the process alive, for types whose objects do not tell. */
  readonly keepsAlive?: boolean;
}

/**
 * Resources that say nothing about what a program waits for. They are the bulk of all events (one request of a small
 * server makes about 20 `TickObject`s), so they are turned away first.
 *
 * Promises are left to pending operations. A parser lives as long as its connection, which is listed. A `DNSCHANNEL` and
 * the stream bookkeeping exist once made and wait for nothing. A `PendingRequest` of HTTP/2 is a stream that waits for its
 * session: the stream is listed.
 */
const NOISE = new Set([
  'PROMISE',
  'TickObject',
  'Microtask',
  'HTTPINCOMINGMESSAGE',
  'DNSCHANNEL',
  'STREAM_END_OF_STREAM',
  'ELDHISTOGRAM',
  'INSPECTORJSBINDING',
  'HTTP2SETTINGS',
  'PendingRequest',
]);

/** Whether resources of this type are left out. */
export function isNoise(type: string): boolean {
  return NOISE.has(type);
}

/** Connections outlive what opened them: a pool keeps them for the next one. They wait since they were used last. */
const CONNECTIONS = new Set(['TCPWRAP', 'TLSWRAP', 'PIPEWRAP', 'HTTP2SESSION']);

export function isConnection(type: string): boolean {
  return CONNECTIONS.has(type);
}

const POOL = 'The thread pool may be too small for what is asked of it: see UV_THREADPOOL_SIZE.';
const BLOCKED_FILE = 'A pipe or device without a peer blocks a thread of the pool: open it non-blocking, or use a net.Socket.';

function cryptoJob(): HandleKind {
  return { label: 'Crypto job', state: 'running', waitReason: 'the thread pool', advice: POOL, keepsAlive: true };
}

const KINDS: ReadonlyMap<string, HandleKind> = new Map(
  Object.entries<HandleKind>({
    Timeout: {
      label: 'Timer',
      state: 'scheduled',
      waitReason: 'its due time',
      advice: 'Clear it with clearTimeout(); call unref() when it should not keep the process alive.',
    },
    Interval: {
      label: 'Interval',
      state: 'repeating',
      waitReason: 'its next turn',
      advice: 'Stop it with clearInterval(); call unref() when it should not keep the process alive.',
      background: true,
    },
    Immediate: {
      label: 'Immediate',
      state: 'scheduled',
      waitReason: 'the next turn of the event loop',
      advice: 'It runs as soon as the event loop turns: something holds the loop up.',
    },
    TCPSERVERWRAP: {
      label: 'TCP server',
      state: 'listening',
      waitReason: 'connections',
      advice: 'Close it with server.close(), and its idle connections with server.closeIdleConnections().',
      background: true,
    },
    PIPESERVERWRAP: {
      label: 'Pipe server',
      state: 'listening',
      waitReason: 'connections',
      advice: 'Close it with server.close().',
      background: true,
    },
    TCPWRAP: {
      label: 'TCP socket',
      state: 'open',
      waitReason: 'data or close',
      advice: 'End it with socket.end() or socket.destroy(); set socket.setTimeout() for a peer that may stay silent.',
    },
    TLSWRAP: { label: 'TLS socket', state: 'open', waitReason: 'data or close', advice: 'End it with socket.end() or socket.destroy().' },
    PIPEWRAP: { label: 'Pipe', state: 'open', waitReason: 'data or close', advice: 'End it with socket.end() or socket.destroy().' },
    TTYWRAP: {
      label: 'Terminal',
      state: 'open',
      waitReason: 'input',
      advice: 'Call process.stdin.pause() or unref() when no more input is wanted.',
    },
    UDPWRAP: {
      label: 'UDP socket',
      state: 'bound',
      waitReason: 'datagrams',
      advice: 'Close it with socket.close(); call unref() when it should not keep the process alive.',
    },
    TCPCONNECTWRAP: {
      label: 'TCP connect',
      state: 'connecting',
      waitReason: 'the peer to accept',
      advice: 'Give it a time-out: socket.setTimeout() and socket.destroy(), or an AbortSignal.',
      keepsAlive: true,
    },
    PIPECONNECTWRAP: {
      label: 'Pipe connect',
      state: 'connecting',
      waitReason: 'the peer to accept',
      advice: 'Give it a time-out: socket.setTimeout() and socket.destroy().',
      keepsAlive: true,
    },
    WRITEWRAP: {
      label: 'Socket write',
      state: 'pending',
      waitReason: 'the peer to read',
      advice: "The peer does not read: wait for 'drain' before writing more, or destroy() the socket.",
      keepsAlive: true,
    },
    SHUTDOWNWRAP: {
      label: 'Socket shutdown',
      state: 'pending',
      waitReason: 'the peer to read',
      advice: 'The peer does not read: destroy() the socket after a while.',
      keepsAlive: true,
    },
    UDPSENDWRAP: { label: 'UDP send', state: 'pending', waitReason: 'the network', advice: '', keepsAlive: true },
    HTTPSERVERREQUEST: {
      label: 'HTTP request in',
      state: 'handling',
      waitReason: 'the response to end',
      advice: 'Call response.end() on every path, errors and early returns too.',
    },
    HTTPCLIENTREQUEST: {
      label: 'HTTP request out',
      state: 'pending',
      waitReason: 'the response',
      advice: 'Give it a time-out: pass an AbortSignal, or call request.setTimeout() and request.destroy().',
    },
    FETCH: {
      label: 'Fetch',
      state: 'pending',
      waitReason: 'the response',
      advice: 'Pass an AbortSignal, such as AbortSignal.timeout(); read or cancel the body.',
      keepsAlive: true,
    },
    QueuedRequest: {
      label: 'HTTP request queued',
      state: 'queued',
      waitReason: 'a free socket',
      advice: 'All sockets of the agent are in use: read or destroy earlier responses, or raise maxSockets.',
    },
    HTTP2SESSION: {
      label: 'HTTP/2 session',
      state: 'open',
      waitReason: 'streams or close',
      advice: 'Close it with session.close() or session.destroy().',
    },
    HTTP2STREAM: {
      label: 'HTTP/2 stream',
      state: 'open',
      waitReason: 'data or close',
      advice: 'End it with stream.end() or stream.close(); set stream.setTimeout() for a peer that may stay silent.',
    },
    PROMISE: {
      label: 'Await',
      state: 'pending',
      waitReason: 'a promise to settle',
      advice: 'Make sure that the promise settles on every path: give the operation a time-out or an AbortSignal.',
    },
    FSREQCALLBACK: { label: 'File system call', state: 'pending', waitReason: 'the file system', advice: BLOCKED_FILE, keepsAlive: true },
    FSREQPROMISE: { label: 'File system call', state: 'pending', waitReason: 'the file system', advice: BLOCKED_FILE, keepsAlive: true },
    FILEHANDLE: {
      label: 'File handle',
      state: 'open',
      waitReason: 'close',
      advice: 'Close it with await fileHandle.close(), in a finally block.',
      keepsAlive: false,
    },
    FILEHANDLECLOSEREQ: { label: 'File close', state: 'pending', waitReason: 'the file system', advice: '', keepsAlive: true },
    DIRHANDLE: {
      label: 'Directory handle',
      state: 'open',
      waitReason: 'close',
      advice: 'Close it with await dir.close(). Node tells of that only once it is collected as garbage: it may be closed already.',
      keepsAlive: false,
    },
    FSEVENTWRAP: {
      label: 'File watcher',
      state: 'watching',
      waitReason: 'changes',
      advice: 'Close it with watcher.close(), or pass an AbortSignal.',
      background: true,
    },
    STATWATCHER: {
      label: 'File poller',
      state: 'watching',
      waitReason: 'changes',
      advice: 'Stop it with fs.unwatchFile().',
      background: true,
    },
    GETADDRINFOREQWRAP: {
      label: 'DNS look-up',
      state: 'pending',
      waitReason: 'the resolver',
      advice: 'The system resolver takes a thread of the pool: check the name, or use dns.Resolver with a time-out.',
      keepsAlive: true,
    },
    GETNAMEINFOREQWRAP: {
      label: 'DNS reverse look-up',
      state: 'pending',
      waitReason: 'the resolver',
      advice: 'The system resolver takes a thread of the pool.',
      keepsAlive: true,
    },
    QUERYWRAP: {
      label: 'DNS query',
      state: 'pending',
      waitReason: 'the name server',
      advice: 'End it with resolver.cancel(), or give the Resolver a timeout.',
      keepsAlive: true,
    },
    ZLIB: {
      label: 'Compression stream',
      state: 'open',
      waitReason: 'data or close',
      advice: 'End it with stream.end() or stream.destroy().',
      keepsAlive: false,
    },
    PROCESSWRAP: {
      label: 'Child process',
      state: 'running',
      waitReason: 'its exit',
      advice: 'End it with child.kill(), or pass an AbortSignal; call child.unref() to let it outlive this one.',
    },
    WORKER: {
      label: 'Worker thread',
      state: 'running',
      waitReason: 'its exit',
      advice: 'End it with await worker.terminate(); call worker.unref() when it should not keep the process alive.',
    },
    MESSAGEPORT: {
      label: 'Message port',
      state: 'open',
      waitReason: 'messages or close',
      advice: 'Close it with port.close(), or call port.unref().',
    },
    SIGNALWRAP: {
      label: 'Signal listener',
      state: 'listening',
      waitReason: 'the signal',
      advice: 'Remove it with process.off().',
      background: true,
      keepsAlive: false,
    },
    RANDOMBYTESREQUEST: cryptoJob(),
    RANDOMPRIMEREQUEST: cryptoJob(),
    CHECKPRIMEREQUEST: cryptoJob(),
    PBKDF2REQUEST: cryptoJob(),
    SCRYPTREQUEST: cryptoJob(),
    HASHREQUEST: cryptoJob(),
    CIPHERREQUEST: cryptoJob(),
    SIGNREQUEST: cryptoJob(),
    VERIFYREQUEST: cryptoJob(),
    DERIVEBITSREQUEST: cryptoJob(),
    KEYPAIRGENREQUEST: cryptoJob(),
    KEYGENREQUEST: cryptoJob(),
  }),
);

/** Every kind that is known. */
export function handleKinds(): readonly HandleKind[] {
  return [...KINDS.values()];
}

/** The kind of a type; a type that only the program knows (an `AsyncResource` of its own) keeps its name. */
export function handleKind(type: string): HandleKind {
  return KINDS.get(type) ?? { label: type, state: 'open', waitReason: '', advice: '' };
}
