// Allocates 50 MiB that stay, opens 200 sockets and 200 timers, and says so: the truth that the tests compare with.
const net = require('node:net');

const MIB = 1024 * 1024;
const ARRAY_BYTES = 16_384 * 8;
const kept = [];

function keepFiftyMegabytes() {
  for (let i = 0; i < (50 * MIB) / ARRAY_BYTES; i++) kept.push(new Array(16_384).fill(i + 0.5));
}

function openSockets(port) {
  for (let i = 0; i < 200; i++) kept.push(net.connect(port));
}

function openTimers() {
  for (let i = 0; i < 200; i++) kept.push(setTimeout(() => {}, 3_600_000));
}

const server = net.createServer((socket) => {
  kept.push(socket);
  if (kept.filter((item) => item instanceof net.Socket).length === 400) setImmediate(() => console.log('all is open'));
});

/** Called by the tests through the debugger, once they profile. */
globalThis.begin = () => {
  keepFiftyMegabytes();
  openTimers();
  server.listen(0, () => openSockets(server.address().port));
};
console.log('ready');
setInterval(() => {}, 1_000);
