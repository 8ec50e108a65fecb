/**
 * Entry of the file that a launch loads with `--require`, in the program and in every child that inherits NODE_OPTIONS.
 * Such a child may run on a Node.js that cannot even parse the collector, so this file is built for the oldest of all and
 * looks at the version first.
 */

/** The `require` that the bundle is called with. */
declare const bifrostRequire: (id: string) => unknown;

/** The oldest major version of Node.js whose programs are profiled. */
const OLDEST_NODE = 20;

if (parseInt(process.versions.node, 10) >= OLDEST_NODE) bifrostRequire('./bifrost-tracking.cdp');
