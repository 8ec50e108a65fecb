/** What Bifrost knows of an async resource by Node's name for it. */
export interface HandleKind {
  /** What a person calls it. */
  readonly label: string;
  /** What it is doing for as long as it is open. */
  readonly state: string;
  /** What would end the wait; '' when it waits for nothing in particular. */
  readonly waitReason: string;
  /** True for what serves the program as a whole, whoever opened it. */
  readonly background?: true;
}

/**
 * Resources that say nothing about what a program waits for. They are the bulk of all events (one request of a small
 * server makes about 20 `TickObject`s), so they are turned away first.
 *
 * Promises are left to pending operations. A parser lives as long as its connection, which is listed. A `DNSCHANNEL` and
 * the stream bookkeeping exist once made and wait for nothing. An `Immediate` ends within one turn of the loop.
 */
const NOISE = new Set([
  'PROMISE',
  'TickObject',
  'Microtask',
  'Immediate',
  'HTTPINCOMINGMESSAGE',
  'DNSCHANNEL',
  'STREAM_END_OF_STREAM',
  'ELDHISTOGRAM',
  'INSPECTORJSBINDING',
  'HTTP2SETTINGS',
]);

/** Whether resources of this type are left out. */
export function isNoise(type: string): boolean {
  return NOISE.has(type);
}

const KINDS: ReadonlyMap<string, HandleKind> = new Map(Object.entries<HandleKind>({
  Timeout: { label: 'Timer', state: 'scheduled', waitReason: 'its due time' },
  Interval: { label: 'Interval', state: 'repeating', waitReason: 'its next turn', background: true },
  TCPSERVERWRAP: { label: 'TCP server', state: 'listening', waitReason: 'connections', background: true },
  PIPESERVERWRAP: { label: 'Pipe server', state: 'listening', waitReason: 'connections', background: true },
  TCPWRAP: { label: 'TCP socket', state: 'open', waitReason: 'data or close' },
  TLSWRAP: { label: 'TLS socket', state: 'open', waitReason: 'data or close' },
  PIPEWRAP: { label: 'Pipe', state: 'open', waitReason: 'data or close' },
  TTYWRAP: { label: 'Terminal', state: 'open', waitReason: 'input' },
  UDPWRAP: { label: 'UDP socket', state: 'open', waitReason: 'datagrams' },
  TCPCONNECTWRAP: { label: 'TCP connect', state: 'connecting', waitReason: 'the peer to accept' },
  PIPECONNECTWRAP: { label: 'Pipe connect', state: 'connecting', waitReason: 'the peer to accept' },
  WRITEWRAP: { label: 'Socket write', state: 'pending', waitReason: 'the peer to read' },
  SHUTDOWNWRAP: { label: 'Socket shutdown', state: 'pending', waitReason: 'the peer to read' },
  UDPSENDWRAP: { label: 'UDP send', state: 'pending', waitReason: 'the network' },
  HTTPCLIENTREQUEST: { label: 'HTTP request sent', state: 'pending', waitReason: 'the response' },
  QueuedRequest: { label: 'HTTP request queued', state: 'queued', waitReason: 'a free socket' },
  HTTP2SESSION: { label: 'HTTP/2 session', state: 'open', waitReason: 'streams or close' },
  HTTP2STREAM: { label: 'HTTP/2 stream', state: 'open', waitReason: 'data or close' },
  FSREQCALLBACK: { label: 'File system call', state: 'pending', waitReason: 'the file system' },
  FSREQPROMISE: { label: 'File system call', state: 'pending', waitReason: 'the file system' },
  FILEHANDLE: { label: 'File handle', state: 'open', waitReason: 'close' },
  FILEHANDLECLOSEREQ: { label: 'File close', state: 'pending', waitReason: 'the file system' },
  DIRHANDLE: { label: 'Directory handle', state: 'open', waitReason: 'close' },
  FSEVENTWRAP: { label: 'File watcher', state: 'watching', waitReason: 'changes', background: true },
  STATWATCHER: { label: 'File poller', state: 'watching', waitReason: 'changes', background: true },
  GETADDRINFOREQWRAP: { label: 'DNS look-up', state: 'pending', waitReason: 'the resolver' },
  GETNAMEINFOREQWRAP: { label: 'DNS reverse look-up', state: 'pending', waitReason: 'the resolver' },
  QUERYWRAP: { label: 'DNS query', state: 'pending', waitReason: 'the name server' },
  ZLIB: { label: 'Compression stream', state: 'open', waitReason: 'data or close' },
  PROCESSWRAP: { label: 'Child process', state: 'running', waitReason: 'its exit' },
  WORKER: { label: 'Worker thread', state: 'running', waitReason: 'its exit' },
  MESSAGEPORT: { label: 'Message port', state: 'open', waitReason: 'messages or close' },
  SIGNALWRAP: { label: 'Signal listener', state: 'listening', waitReason: 'the signal', background: true },
  RANDOMBYTESREQUEST: { label: 'Crypto job', state: 'running', waitReason: 'the thread pool' },
  PBKDF2REQUEST: { label: 'Crypto job', state: 'running', waitReason: 'the thread pool' },
  SCRYPTREQUEST: { label: 'Crypto job', state: 'running', waitReason: 'the thread pool' },
  HASHREQUEST: { label: 'Crypto job', state: 'running', waitReason: 'the thread pool' },
  SIGNREQUEST: { label: 'Crypto job', state: 'running', waitReason: 'the thread pool' },
  DERIVEBITSREQUEST: { label: 'Crypto job', state: 'running', waitReason: 'the thread pool' },
  KEYPAIRGENREQUEST: { label: 'Crypto job', state: 'running', waitReason: 'the thread pool' },
}));

/** The kind of a type; a type that only the program knows (an `AsyncResource` of its own) keeps its name. */
export function handleKind(type: string): HandleKind {
  return KINDS.get(type) ?? { label: type, state: 'open', waitReason: '' };
}
