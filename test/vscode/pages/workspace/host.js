/** What stands in for an extension host: a program of Node.js with a worker, that is attached to as one. */
const { Worker } = require('node:worker_threads');

const kept = [];

function keepInHost() {
  for (let index = 0; index < 2_000; index++) kept.push(new Array(50).fill(index));
}

// Goes on for ever, so that whoever looks late finds something too.
setInterval(() => {
  keepInHost();
  if (kept.length > 100_000) kept.splice(0, 2_000);
}, 100);
new Worker('setInterval(() => {}, 1e6)', { eval: true });
