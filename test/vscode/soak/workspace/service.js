// A service under load from itself, with a worker thread and a child process that are replaced every 20 seconds. It holds
// nothing for longer than a request, and says now and then what its heap comes to.
const { fork } = require('node:child_process');
const http = require('node:http');
const path = require('node:path');
const { Worker } = require('node:worker_threads');

const CONNECTIONS = 4;
const PAUSE_MS = 20;
const REPLACE_MS = 20_000;
const MEASURE_MS = 10_000;

const helper = path.join(__dirname, 'helper.js');
const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });

const server = http.createServer((_request, response) => {
  setTimeout(() => response.end(JSON.stringify(Array.from({ length: 200 }, (_, index) => ({ index, text: `item ${index}` })))), 1);
});

function load(port) {
  http.get({ port, agent, path: `/items/${Math.floor(Math.random() * 1_000)}` }, (response) => {
    response.resume();
    response.on('end', () => setTimeout(load, PAUSE_MS, port));
  });
}

function keepOne(start) {
  const begin = () => {
    const end = start();
    setTimeout(() => {
      end();
      begin();
    }, REPLACE_MS);
  };
  begin();
}

keepOne(() => {
  const child = fork(helper);
  return () => child.kill();
});
keepOne(() => {
  const worker = new Worker(helper);
  return () => void worker.terminate();
});

setInterval(() => {
  for (let round = 0; round < 3; round++) gc();
  const { heapUsed, external } = process.memoryUsage();
  console.log(`heap ${heapUsed + external}`);
}, MEASURE_MS);

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  for (let connection = 0; connection < CONNECTIONS; connection++) load(port);
  console.log('ready');
});
