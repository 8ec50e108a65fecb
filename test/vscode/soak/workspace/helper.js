// Some work of its own, until it is ended from outside.
let kept = [];
setInterval(() => {
  kept.push(Buffer.alloc(1_000).toString('hex'));
  if (kept.length > 100) kept = [];
}, 20);
