import type { OpenHandle } from '../model/handleGroups';
import type { Milliseconds } from '../protocol/units';
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

/** The same of one handle, which may tell more: the path behind a route. */
export function detailOf(handle: OpenHandle, subject?: string): string {
  return handle instanceof Exchange ? handle.subject : (subject ?? subjectOf(handle));
}

/** How long it is until a timer is due, in tenths of a second; null for all else. */
export function dueInOf(handle: OpenHandle): Milliseconds | null {
  if (!(handle instanceof TrackedHandle) || (handle.type !== 'Timeout' && handle.type !== 'Interval')) return null;
  const resource = handle.resource.deref();
  const due = resource === undefined ? null : dueAt(resource);
  return due === null ? null : Math.round(Math.max(0, due - programClock()) / 100) * 100;
}
