// Opens a timer, and lives on. `node service.js child` is a forked child of it.
const { fork } = require('node:child_process');
const { Worker } = require('node:worker_threads');

globalThis.openTimer = () => void setTimeout(() => {}, 3_600_000);
globalThis.pause = () => void setImmediate(() => { debugger; });
globalThis.startOthers = () => {
  fork(__filename, ['child']);
  new Worker('setInterval(() => {}, 1000)', { eval: true });
};
console.log(`ready ${process.pid}`);
setInterval(() => {}, 1_000);
