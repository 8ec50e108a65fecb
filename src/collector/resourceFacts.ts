/**
 * What Node's own objects tell about a resource: read when somebody looks, never kept. Everything is asked for with care:
 * the objects are the program's, half of the properties are Node's inside, and a missing one must only leave a blank.
 */
import { describeAddress, formatDelay, pathOnly } from '../model/subjects';
import type { ProgramClock } from '../protocol/units';
import { builtin } from './builtins';

/** Fields of Node's objects that are read here; any of them may be missing or of another type. */
interface Fields {
  readonly [name: string]: unknown;
  readonly [symbol: symbol]: unknown;
}

/**
 * Whether the resource is closed although Node has not said so yet: destroyed ones are announced in a later turn of the
 * loop, and some types only once they are collected as garbage.
 */
export function isClosed(type: string, asyncId: number, resource: object): boolean {
  const fields = resource as Fields;
  switch (type) {
    case 'Timeout':
    case 'Interval':
    case 'Immediate':
      return fields._destroyed === true;
    case 'FILEHANDLE':
      // A file handle's number is negative once it is closed.
      return typeof fields.fd === 'number' && fields.fd < 0;
    case 'ZLIB':
      return ownerOf(fields)?._handle === null;
    case 'HTTPCLIENTREQUEST': {
      const request = fields.req as Fields | undefined;
      return request?.destroyed === true || (request?.res as Fields | null | undefined)?.complete === true;
    }
    case 'HTTP2STREAM':
    case 'HTTP2SESSION':
      return ownerOf(fields)?.destroyed === true;
    case 'TLSWRAP':
      // Node keeps the wrap in its books until it is collected as garbage.
      return ownerOf(fields)?.destroyed !== false;
    default:
      // A wrap that has lost its native half answers -1.
      return typeof fields.getAsyncId === 'function' && (fields.getAsyncId as () => number)() !== asyncId;
  }
}

/** What the resource is doing, in one word; '' leaves it to the type. */
export function stateOf(type: string, resource: object): string {
  const fields = resource as Fields;
  switch (type) {
    case 'TCPWRAP':
    case 'TLSWRAP':
    case 'PIPEWRAP':
      return socketState(ownerOf(fields));
    case 'TCPSERVERWRAP':
    case 'PIPESERVERWRAP':
      return ownerOf(fields)?._handle === null ? 'closing' : '';
    case 'UDPWRAP':
      return udpState(ownerOf(fields));
    case 'HTTPCLIENTREQUEST':
      return clientRequestState(fields.req as Fields | undefined);
    case 'HTTP2SESSION':
      return http2SessionState(ownerOf(fields));
    case 'HTTP2STREAM':
      return http2StreamState(ownerOf(fields));
    case 'PROCESSWRAP':
      return ownerOf(fields)?.killed === true ? 'running, signalled' : '';
    default:
      return '';
  }
}

/** Whether the resource keeps the process alive; null when Node does not tell for its type. */
export function keepsAlive(type: string, resource: object): boolean | null {
  const { _parent: tcp } = resource as Fields;
  if (type === 'TLSWRAP') return isObject(tcp) ? keepsAlive('TCPWRAP', tcp) : null;
  // To the event loop a handle that waits for nothing is not there.
  if (type === 'UDPWRAP' && stateOf(type, resource) === 'unbound') return false;
  const answer = ask(resource, 'hasRef');
  return typeof answer === 'boolean' ? answer : null;
}

/** Bytes that have gone either way; null when the resource moves none. Grows with each activity. */
export function bytesMoved(resource: object): number | null {
  const { bytesRead, bytesWritten } = resource as Fields;
  return typeof bytesRead === 'number' && typeof bytesWritten === 'number' ? bytesRead + bytesWritten : null;
}

/** When a repeating timer was armed last, in the clock of Node's timers; null for all else. */
export function armedAt(resource: object): ProgramClock | null {
  const { _idleStart: start } = resource as Fields;
  return typeof start === 'number' ? start + timersStartedAt() : null;
}

/**
 * What the resource is about: an address, a path, a delay, a pid. '' when Node does not tell. No query strings, no
 * arguments of commands: they may hold secrets.
 */
export function resourceSubject(type: string, resource: object): string {
  const fields = resource as Fields;
  switch (type) {
    case 'Timeout':
      return `after ${formatDelay(Number(fields._idleTimeout))}`;
    case 'Interval':
      return `every ${formatDelay(Number(fields._repeat))}`;
    case 'TCPWRAP':
    case 'TLSWRAP':
    case 'PIPEWRAP':
      return socketSubject(fields, ownerOf(fields));
    case 'TCPSERVERWRAP':
      return describeAddress(addressOf(ownerOf(fields)));
    case 'PIPESERVERWRAP':
      return textOf(ownerOf(fields)?._pipeName);
    case 'UDPWRAP':
      return describeAddress(addressOf(ownerOf(fields)));
    case 'TCPCONNECTWRAP':
    case 'PIPECONNECTWRAP':
      return typeof fields.port === 'number' ? describeAddress(fields) : textOf(fields.address);
    case 'GETADDRINFOREQWRAP':
    case 'GETNAMEINFOREQWRAP':
    case 'QUERYWRAP':
      return textOf(fields.hostname);
    case 'HTTPCLIENTREQUEST':
      return clientRequestSubject(fields.req as Fields | undefined);
    case 'HTTP2SESSION':
      return http2SessionSubject(ownerOf(fields));
    case 'HTTP2STREAM':
      return http2StreamSubject(ownerOf(fields));
    case 'PROCESSWRAP':
      return childSubject(fields, ownerOf(fields));
    case 'WORKER':
      return typeof fields.threadId === 'number' ? `thread ${fields.threadId}` : '';
    case 'FILEHANDLE':
      return fileSubject(fields.fd);
    case 'ZLIB':
      return ownerOf(fields)?.constructor.name ?? '';
    case 'FSEVENTWRAP':
    case 'STATWATCHER':
      return '';
    default:
      return type.endsWith('REQUEST') ? type.slice(0, -'REQUEST'.length).toLowerCase() : '';
  }
}

/** When a timer is due; null for all else. */
export function dueAt(resource: object): ProgramClock | null {
  const { _idleTimeout: delay } = resource as Fields;
  const armed = armedAt(resource);
  return armed === null || typeof delay !== 'number' || delay < 0 ? null : armed + delay;
}

let ownerSymbol: symbol | undefined;

/** The public object behind one of Node's native handles (a `net.Socket`), under a symbol that Node does not export. */
export function ownerOf(handle: object): Fields | undefined {
  if (ownerSymbol === undefined || !(ownerSymbol in handle)) {
    const found = Object.getOwnPropertySymbols(handle).find(({ description }) => description === 'owner_symbol');
    if (found === undefined) return undefined;
    ownerSymbol = found;
  }
  const owner = (handle as Fields)[ownerSymbol];
  return isObject(owner) ? (owner as Fields) : undefined;
}

let timersStart: ProgramClock | undefined;

/** Node's timers count from the start of the environment: some 100 ms after that of the process. */
function timersStartedAt(): ProgramClock {
  return (timersStart ??= builtin('node:perf_hooks').performance.nodeTiming.environment);
}

function socketState(socket: Fields | undefined): string {
  if (socket === undefined) return '';
  if (socket.connecting === true) return 'connecting';
  // A socket of Node's own kind (a dgram or a child's pipe) has no ready state.
  switch (socket.readyState) {
    // The pipes of a child process have one direction from the start. A socket that does not allow half-open ends itself.
    case 'readOnly':
      return socket.writableEnded === true ? 'half-closed' : '';
    case 'writeOnly':
      return socket.allowHalfOpen === true && socket.readableEnded === true ? 'half-closed' : '';
    case 'closed':
      return 'closing';
    default:
      return '';
  }
}

function socketSubject(handle: Fields, socket: Fields | undefined): string {
  if (socket === undefined) return '';
  const { remoteAddress, remotePort, server } = socket;
  if (typeof remoteAddress === 'string') {
    return `${server == null ? 'to' : 'from'} ${describeAddress({ address: remoteAddress, port: remotePort })}`;
  }
  if (socket.connecting === true && typeof socket._host === 'string') return `to ${socket._host}`;
  const pipe = textOf((server as Fields | null | undefined)?._pipeName) || textOf(socket._pipeName);
  if (pipe !== '') return pipe;
  return typeof handle.fd === 'number' && handle.fd >= 0 ? `fd ${handle.fd}` : '';
}

function udpState(socket: Fields | undefined): string {
  const address = addressOf(socket);
  return address === undefined ? 'unbound' : '';
}

function clientRequestState(request: Fields | undefined): string {
  if (request === undefined) return '';
  if (request.res != null) return 'receiving the response';
  const socket = request.socket as Fields | null | undefined;
  if (socket == null) return 'queued';
  return socket.connecting === true ? 'connecting' : '';
}

function clientRequestSubject(request: Fields | undefined): string {
  if (request === undefined) return '';
  const { method, protocol, host, path } = request;
  // The header has the port too.
  const header = ask(request, 'getHeader', 'host');
  return `${textOf(method)} ${textOf(protocol)}//${textOf(header) || textOf(host)}${pathOnly(textOf(path))}`;
}

function http2SessionState(session: Fields | undefined): string {
  if (session?.connecting === true) return 'connecting';
  return session?.closed === true ? 'closing' : '';
}

function http2SessionSubject(session: Fields | undefined): string {
  const socket = session?.socket as Fields | undefined;
  // 0 is a server's session.
  const direction = session?.type === 0 ? 'from' : 'to';
  return typeof socket?.remoteAddress === 'string'
    ? `${direction} ${describeAddress({ address: socket.remoteAddress, port: socket.remotePort })}`
    : '';
}

function http2StreamState(stream: Fields | undefined): string {
  if (stream === undefined) return '';
  if (stream.pending === true) return 'pending';
  const state = stream.state as { readonly localClose?: unknown; readonly state?: unknown } | undefined;
  // NGHTTP2_STREAM_STATE_HALF_CLOSED_LOCAL and _REMOTE.
  return state?.state === 5 || state?.state === 6 ? 'half-closed' : '';
}

function http2StreamSubject(stream: Fields | undefined): string {
  const headers = stream?.sentHeaders as Fields | undefined;
  const path = textOf(headers?.[':path']);
  return path === '' ? '' : `${textOf(headers?.[':method'])} ${pathOnly(path)}`;
}

function childSubject(handle: Fields, child: Fields | undefined): string {
  const file = textOf(child?.spawnfile);
  return `pid ${String(handle.pid)}${file === '' ? '' : ` ${file}`}`;
}

function fileSubject(fd: unknown): string {
  if (typeof fd !== 'number' || fd < 0) return '';
  if (process.platform !== 'linux') return `fd ${fd}`;
  try {
    return builtin('node:fs').readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    // Without /proc, or under the permission model.
    return `fd ${fd}`;
  }
}

function addressOf(socket: object | undefined): Fields | undefined {
  if (socket === undefined) return undefined;
  try {
    // Throws for a UDP socket that is not bound.
    const answer = ask(socket, 'address');
    return typeof answer === 'object' && answer !== null ? (answer as Fields) : undefined;
  } catch {
    return undefined;
  }
}

/** The TCP handle below a TLS one. */
export function innerHandle(resource: object): object | undefined {
  const { _parent: inner } = resource as Fields;
  return isObject(inner) ? inner : undefined;
}

/** What a method answers; undefined where there is none. Called directly: the program may have patched `Function.prototype.call`. */
function ask(object: object, method: string, ...args: readonly unknown[]): unknown {
  const methods = object as Record<string, unknown>;
  return typeof methods[method] === 'function' ? (methods[method] as (...args: readonly unknown[]) => unknown)(...args) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Node names an interval like a timer; only the resource tells. */
export function isRepeated(resource: object): boolean {
  return (resource as { _repeat?: unknown })._repeat != null;
}

/** Whether it is an attempt of a socket to connect. */
export function isPartOfSocket(type: string): boolean {
  return type === 'TCPCONNECTWRAP' || type === 'PIPECONNECTWRAP';
}
