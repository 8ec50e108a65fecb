import { pathOnly } from './subjects';

/** A path segment that names one thing among many: a number, a UUID, or a long hexadecimal or mixed key. */
const ID_SEGMENT = /^(?:\d+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16,}|(?=[\w-]*\d)[\w-]{20,})$/i;

const MAX_ROUTE = 200;

/**
 * `GET /users/:id`: the route that the framework has matched (Express keeps it on the request), or the path with ids put
 * aside, so that the requests of one route are one. Without the query string, which may hold secrets.
 */
export function routeOf(method: string, path: string, request?: unknown): string {
  const text = `${method} ${expressRoute(request) ?? pathPattern(path)}`;
  return text.length > MAX_ROUTE ? `${text.slice(0, MAX_ROUTE)}…` : text;
}

function pathPattern(path: string): string {
  const segments = pathOnly(path).split('/');
  return segments.map((segment) => (ID_SEGMENT.test(segment) ? ':id' : segment)).join('/');
}

/**
 * What Express leaves on a request once a route has matched: `route.path` within a router, which is a pattern, and the
 * router's `baseUrl`, which is part of the path as it was asked for.
 */
function expressRoute(request: unknown): string | null {
  const path = ownValue(ownValue(request, 'route'), 'path');
  if (typeof path !== 'string') return null;
  const baseUrl = ownValue(request, 'baseUrl');
  return `${typeof baseUrl === 'string' ? pathPattern(baseUrl) : ''}${path}`;
}

/** A property's value without calling a getter: that would run code of the program's, which may throw. */
function ownValue(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null ? Object.getOwnPropertyDescriptor(object, name)?.value : undefined;
}
