// A service that leaves requests hanging when it is told to. All else about it is healthy: that is the truth of the tests.
const http = require('node:http');
const net = require('node:net');

const HOUR = 3_600_000;
const kept = [];
let received = 0;

function neverSettled() {
  return new Promise((resolve) => kept.push(resolve));
}

async function waitForConfiguration() {
  await neverSettled();
}

function leaveOpen(response) {
  kept.push(response);
}

async function loadOrder(response) {
  await neverSettled();
  response.end();
}

function refreshForever(response) {
  setInterval(() => {}, HOUR);
  response.end('refreshing');
}

async function abandoned() {
  await new Promise(() => {});
}

function keepTalking() {
  const echo = net.createServer((socket) => socket.pipe(socket));
  echo.listen(0, '127.0.0.1', () => {
    const sockets = Array.from({ length: 3 }, () => net.connect(echo.address().port, '127.0.0.1'));
    setInterval(() => sockets.forEach((socket) => socket.write('.')), 200);
  });
}

const server = http.createServer((request, response) => {
  received++;
  const route = request.url.split('/')[1];
  if (route === 'unended') leaveOpen(response);
  else if (route === 'never') loadOrder(response);
  else if (route === 'leak') refreshForever(response);
  else response.end('ok');
});

// Called by the tests through the debugger.
globalThis.received = () => received;
globalThis.port = () => server.address().port;
globalThis.plantTimers = (count) => {
  for (let i = 0; i < count; i++) kept.push(setTimeout(() => {}, HOUR));
};
globalThis.plantAwaits = (count) => {
  for (let i = 0; i < count; i++) void waitForConfiguration();
};
globalThis.abandon = (count) => {
  for (let i = 0; i < count; i++) void abandoned();
};
globalThis.pause = () => void setImmediate(() => { debugger; });
globalThis.end = () => void setImmediate(() => process.exit());

void waitForConfiguration();
setTimeout(() => {}, HOUR);
keepTalking();
server.listen(0, '127.0.0.1', () => console.log('ready'));
