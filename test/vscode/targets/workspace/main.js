// 64 programs in one: itself, processes and worker threads, each with a little work to do.
const { fork } = require('node:child_process');
const path = require('node:path');
const { isMainThread, Worker } = require('node:worker_threads');

const PROCESSES = 15;
const WORKERS = 48;

const kept = [];
setInterval(() => {
  kept.push(new Array(100).fill(kept.length));
  if (kept.length > 1_000) kept.length = 0;
}, 50);

if (isMainThread && process.argv[2] !== 'helper') {
  for (let index = 0; index < PROCESSES; index++) fork(__filename, ['helper']);
  for (let index = 0; index < WORKERS; index++) new Worker(path.join(__dirname, 'main.js'), { argv: ['helper'] });
}
