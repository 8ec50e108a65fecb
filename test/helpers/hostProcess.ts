/** The extension host's own process, which the tests in VS Code run in. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes that the extension host holds after a collection of garbage: its heap and what hangs on it. */
export function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 4; round++) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Rejections that nobody handles, from now until the returned function is called, which gives their texts. */
export function watchRejections(): () => string[] {
  const seen: string[] = [];
  const listener = (reason: unknown) => void seen.push(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason));
  process.on('unhandledRejection', listener);
  return () => {
    process.off('unhandledRejection', listener);
    return seen;
  };
}

/** Per cent of one CPU that the extension host takes, from now until the returned function is called. */
export function watchCpu(): () => number {
  const before = process.cpuUsage();
  const began = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 10 / (performance.now() - began);
  };
}
