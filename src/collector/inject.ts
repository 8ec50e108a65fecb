/**
 * Entry of the bundle that the host evaluates in a running program. Its value answers the `hello` that every
 * connection begins with. What is thrown here reaches the host as the reason why the program cannot be profiled.
 */
import { builtin } from './builtins';
import { enter } from './enter';

/** The console's `require`, where there is one. */
declare const bifrostRequire: NodeJS.Require | undefined;
/** The value of the bundle. No export: that would take functions that the program may have patched. */
declare const bifrostValue: { reply?: string };

const NOT_READY = '{"ok":false,"error":{"code":"notReady","message":"Node.js has not begun to run the program"}}';

/**
 * Whether Node is through with `process`. A worker that waits for its debugger, or a program started with `--inspect-wait`, can be
 * asked before: what a collector would take of Node then is not yet what it will be.
 */
const isSetUp = typeof builtin('node:process').pid === 'number';

bifrostValue.reply = isSetUp ? enter(bifrostRequire).call('{"command":"hello"}') : NOT_READY;
