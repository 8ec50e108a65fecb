// Allocates and computes on request.
const kept = [];

function keepOrders(count) {
  for (let i = 0; i < count; i++) kept.push({ id: i, lines: new Array(250).fill(i) });
}

function compute(milliseconds) {
  const end = performance.now() + milliseconds;
  let sum = 0;
  while (performance.now() < end) for (let i = 0; i < 10_000; i++) sum += Math.sqrt(i);
  return sum;
}

global.keep = (count) => {
  keepOrders(count);
  console.log('kept');
};
global.keepComputing = () => {
  setInterval(() => compute(50), 60);
};

setInterval(() => {}, 1_000);
console.log('ready');
