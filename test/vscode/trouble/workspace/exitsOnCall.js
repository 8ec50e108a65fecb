// Is blocked in native code, and ends right after: a call of the profiler's is under way meanwhile.
const { execFileSync } = require('node:child_process');

globalThis.block = (milliseconds) => {
  setTimeout(() => {
    console.log('blocking');
    setImmediate(() => {
      execFileSync(process.execPath, ['-e', `setTimeout(() => {}, ${milliseconds})`], { env: {} });
      process.exit(3);
    });
  }, 10);
};
console.log('ready');
setInterval(() => {}, 1_000);
