// A program with a child process and a worker. `node family.js child` is the child, which holds more than the others.
const { fork } = require('node:child_process');
const { Worker } = require('node:worker_threads');

const isChild = process.argv[2] === 'child';
globalThis.kept = isChild ? Array.from({ length: 300 }, () => new Array(20_000).fill(1.5)) : [];
if (!isChild) {
  fork(__filename, ['child']);
  new Worker('setInterval(() => {}, 1000)', { eval: true });
}
setInterval(() => {}, 1_000);
console.log('ready');
