import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { routeOf } from '../../src/model/routes';

describe('routeOf', () => {
  const paths: readonly (readonly [title: string, path: string, route: string])[] = [
    ['keeps a path of words', '/api/v1/users', '/api/v1/users'],
    ['puts numbers aside', '/users/42/orders/007', '/users/:id/orders/:id'],
    ['puts UUIDs aside', '/files/0F8FAD5B-d9cb-469f-a165-70867728950e', '/files/:id'],
    ['puts long hexadecimal keys aside', '/commits/1f71e54a9c0d33b2', '/commits/:id'],
    ['puts the key of a document aside', '/orders/507f1f77bcf86cd799439011/lines', '/orders/:id/lines'],
    ['puts long mixed keys aside', '/s/V1StGXR8_Z5jdHi6B-myT', '/s/:id'],
    ['keeps short mixed words', '/v2/utf8/a1b2c3', '/v2/utf8/a1b2c3'],
    ['keeps long words without a digit', '/terms-and-conditions-of-use', '/terms-and-conditions-of-use'],
    ['keeps short hexadecimal words', '/cafe/deadbeef', '/cafe/deadbeef'],
    ['keeps numbers within a word', '/top10/2.5', '/top10/2.5'],
    ['leaves the query string out', '/login?token=secret&user=42', '/login'],
    ['leaves the fragment out', '/login#token', '/login'],
    ['puts aside an id before a query string', '/users/42?full=1', '/users/:id'],
    ['does not look for ids in a query string', '/search?q=/1/2', '/search'],
    ['keeps slashes at the end and in a row', '//users//42/', '//users//:id/'],
    ['bears an empty path', '', ''],
    ['bears a path that is none', '*', '*'],
  ];
  for (const [title, path, route] of paths) it(title, () => assert.equal(routeOf('GET', path), `GET ${route}`));

  it('makes one route of the requests of one route', () => {
    const routes = new Set(Array.from({ length: 1000 }, (_, id) => routeOf('GET', `/users/${id}/avatar?size=${id}`)));
    assert.deepEqual([...routes], ['GET /users/:id/avatar']);
  });

  it('tells methods apart', () => assert.notEqual(routeOf('GET', '/users'), routeOf('POST', '/users')));

  it('cuts what is too long', () => {
    const long = routeOf('GET', `/${'word/'.repeat(100_000)}`);
    assert.deepEqual([long.length, long.slice(0, 15), long.at(-1)], [201, 'GET /word/word/', '…']);
    assert.equal(routeOf('GET', '/users', { route: { path: '/x'.repeat(10_000) } }).length, 201);
    assert.equal(routeOf('X'.repeat(1000), '/').length, 201);
  });

  it('leaves a path that is just not too long whole', () => {
    const path = `/${'x'.repeat(195)}`;
    assert.equal(routeOf('GET', path), `GET ${path}`);
  });

  describe('with a request that Express has routed', () => {
    it('takes its route', () => assert.equal(routeOf('GET', '/people/ada', { route: { path: '/people/:name' } }), 'GET /people/:name'));
    it('puts the path of the router before it', () =>
      assert.equal(routeOf('GET', '/api/people/ada', { baseUrl: '/api', route: { path: '/people/:name' } }), 'GET /api/people/:name'));
    it('puts ids in the path of the router aside: Express keeps it as it was asked for', () =>
      assert.equal(routeOf('GET', '/teams/7/ada', { baseUrl: '/teams/7', route: { path: '/:name' } }), 'GET /teams/:id/:name'));
    it('takes an empty route', () => assert.equal(routeOf('GET', '/api', { baseUrl: '/api', route: { path: '' } }), 'GET /api'));
  });

  describe('does not trust a request', () => {
    const rows: readonly (readonly [title: string, request: unknown])[] = [
      ['that is gone', undefined],
      ['that is null', null],
      ['that is a text', 'request'],
      ['that is a function', () => ({ route: { path: '/other' } })],
      ['without a route', {}],
      ['with a route of null', { route: null }],
      ['with a text as its route', { route: '/other' }],
      ['with a route for several paths', { route: { path: ['/a', '/b'] } }],
      ['with a route by an expression', { route: { path: /^\/users/ } }],
      ['with a number as the path of its route', { route: { path: 7 } }],
      ['with a path of its router only', { baseUrl: '/other' }],
    ];
    for (const [title, request] of rows) it(title, () => assert.equal(routeOf('GET', '/users/1', request), 'GET /users/:id'));

    it('with a router path of another type', () => {
      for (const baseUrl of [7, null, {}, ['/api'], Symbol('api')]) {
        assert.equal(routeOf('GET', '/users/1', { baseUrl, route: { path: '/users/:name' } }), 'GET /users/:name');
      }
    });

    it('and calls none of its getters, which may throw or do something', () => {
      const fail = () => assert.fail('A getter was called.');
      const hostile = (...names: string[]) => Object.defineProperties({}, Object.fromEntries(names.map((name) => [name, { get: fail }])));
      assert.equal(routeOf('GET', '/users', hostile('route', 'baseUrl')), 'GET /users');
      assert.equal(routeOf('GET', '/users', { route: hostile('path') }), 'GET /users');
      assert.equal(routeOf('GET', '/users', Object.assign(hostile('baseUrl'), { route: { path: '/people' } })), 'GET /people');
    });
  });
});
