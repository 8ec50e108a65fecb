import type { OpenHandle } from '../model/handleGroups';
import { formatDelay } from '../model/subjects';
import { Exchange } from './openExchanges';
import { programClock } from './programClock';
import { dueAt, resourceSubject } from './resourceFacts';
import { TrackedHandle } from './trackedHandle';

/** What a handle is about: an address, a path, a delay. '' when Node does not tell. The same as long as it is open. */
export function subjectOf(handle: OpenHandle): string {
  if (handle instanceof Exchange && handle.type === 'HTTPSERVERREQUEST') return handle.request?.route ?? '';
  if (!(handle instanceof TrackedHandle)) return (handle as { readonly subject?: string }).subject ?? '';
  if (handle.type === 'SIGNALWRAP') return handle.signal;
  const connecting = handle.state === 'connecting' ? handle.connecting?.resource.deref() : undefined;
  if (connecting !== undefined) return `to ${resourceSubject(handle.connecting?.type ?? '', connecting)}`;
  const resource = handle.resource.deref();
  const subject = resource === undefined ? '' : resourceSubject(handle.type, resource);
  // A stream that a client opened has its headers only in what Node told of its request.
  return subject === '' && handle.type === 'HTTP2STREAM' ? (handle.request?.subject ?? '') : subject;
}

/** What one handle is about, beyond its subject: the path behind a route, and when a timer is due, which changes from reading to reading. */
export function detailOf(handle: OpenHandle, subject?: string): string {
  if (handle instanceof Exchange) return handle.subject;
  const text = subject ?? subjectOf(handle);
  const resource = handle instanceof TrackedHandle ? handle.resource.deref() : undefined;
  const due = resource && dueAt(resource);
  return due == null ? text : `${text}, due in ${formatDelay(Math.round(Math.max(0, due - programClock()) / 100) * 100)}`;
}
