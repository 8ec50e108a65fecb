/** What stands in for an extension host: a program of Node.js with a worker, that is attached to as one. */
const { Worker } = require('node:worker_threads');

const kept = [];

function keepInHost() {
  for (let index = 0; index < 2_000; index++) kept.push(new Array(50).fill(index));
}

setInterval(() => kept.length < 100_000 && keepInHost(), 100);
new Worker('setInterval(() => {}, 1e6)', { eval: true });
