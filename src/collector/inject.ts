/**
 * Entry of the bundle that the host evaluates in a running program. Its value answers the `hello` that every
 * connection begins with. What is thrown here reaches the host as the reason why the program cannot be profiled.
 */
import { NEEDS_REQUIRE, type LongAnswer } from '../protocol/collector';
import { hasBuiltins } from './builtins';
import { enter, findCollector } from './enter';

/** The console's `require`, where there is one. */
declare const bifrostRequire: NodeJS.Require | undefined;
/** The value of the bundle. No export: that would take functions that the program may have patched. */
declare const bifrostValue: { reply?: string | LongAnswer };

const NOT_READY = '{"ok":false,"error":{"code":"notReady","message":"Node.js is setting the program up, or loading a module of its own."}}';

bifrostValue.reply = hasBuiltins || findCollector() ? (enter(bifrostRequire)?.call('{"command":"hello"}') ?? NOT_READY) : NEEDS_REQUIRE;
