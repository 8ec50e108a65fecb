// Allocates on request: what is kept, what is dropped, and by whom is known.
const kept = [];
let dropped = null;

function keepOrders(count) {
  for (let i = 0; i < count; i++) kept.push({ id: i, lines: new Array(250).fill(i) });
}

function dropReports(count) {
  for (let i = 0; i < count; i++) dropped = { id: i, rows: new Array(250).fill(i) };
}

function cacheSessions(count) {
  for (let i = 0; i < count; i++) kept.push({ id: i, cookie: `session ${i}`.padEnd(2_000, 'x').split('') });
}

global.begin = () => {
  keepOrders(10_000);
  cacheSessions(3_000);
  kept.push(Buffer.alloc(30 * 1024 * 1024));
  console.log('all is kept');
};
global.leak = (round) => {
  keepOrders(20_000);
  dropReports(50_000);
  dropped = null;
  console.log(`leaked ${round}`);
};

setInterval(() => {}, 1_000);
console.log('ready');
