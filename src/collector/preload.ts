/**
 * Entry of the file that a launch loads with `--require`, in the program and in every child that inherits NODE_OPTIONS.
 * Such a child may run on a Node.js that cannot even parse the collector, so this file is built for the oldest of all and
 * looks at the version first.
 */

/** The `require` and the file that the bundle is called with. */
declare const bifrostRequire: { (id: string): unknown; cache: object };
declare const bifrostFile: string;

/** The oldest major version of Node.js whose programs are profiled. */
const OLDEST_NODE = 20;

// A program that lists its modules shall find its own.
Reflect.deleteProperty(bifrostRequire.cache, bifrostFile);
if (parseInt(process.versions.node, 10) >= OLDEST_NODE) bifrostRequire('./bifrost-tracking.cdp');
