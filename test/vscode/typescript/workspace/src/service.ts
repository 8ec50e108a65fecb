import http from 'node:http';

/** Types vanish in the compiled file, so that its lines are others than these. */
interface Reading {
  sensor: string;
  value: number;
  taken: Date;
}

type Listener = (reading: Reading) => void;

const readings: Reading[] = [];
const listeners: Listener[] = [];

export function subscribe(listener: Listener): void {
  listeners.push(listener);
}

class Recorder {
  record(count: number): void {
    for (let i = 0; i < count; i++) readings.push({ sensor: `sensor-${i}`, value: i / 3, taken: new Date(i) });
  }
}

/** A timer per request that is never cleared. */
function forgetTimer(): void {
  setTimeout(() => undefined, 3_600_000);
}

const server = http.createServer((request, response) => {
  forgetTimer();
  if (request.url === '/end') response.end('done');
});

server.listen(0, () => {
  const { port } = server.address() as { port: number };
  for (let i = 0; i < 5; i++) http.get({ port, path: '/end', agent: false }, (response) => response.resume());
});

/** Nothing but work for the processor. */
function calculate(until: number): number {
  let sum = 0;
  while (Date.now() < until) for (let i = 0; i < 10_000; i++) sum += Math.sqrt(i);
  return sum;
}

/** Called by the tests through the debugger, once they profile: the heap sampler starts when the profiler connects. */
Object.assign(globalThis, {
  record: () => {
    new Recorder().record(300_000);
    console.log('recorded');
  },
  calculate: (milliseconds: number) => calculate(Date.now() + milliseconds),
});
console.log('ready');
