/** A page that keeps 30 MiB, and as much again when it is told to, has a fifth of a CPU to do, and tells its server that it lives. */
const kept = [];

function keepThirtyMegabytes() {
  for (let index = 0; index < 30; index++) {
    const numbers = new Array(131072);
    for (let at = 0; at < numbers.length; at++) numbers[at] = at + 0.5;
    kept.push(numbers);
  }
}

function work() {
  const end = performance.now() + 40;
  while (performance.now() < end) Math.hypot(end, kept.length);
}

async function beat() {
  const order = await (await fetch('/beat')).text();
  if (order === 'keep') keepThirtyMegabytes();
  if (order === 'reload') location.reload();
}

keepThirtyMegabytes();
setInterval(work, 200);
setInterval(beat, 200);
