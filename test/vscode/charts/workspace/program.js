/** Works a little all the time, and blocks its loop when it is told to. */
const kept = [];
globalThis.block = (milliseconds) => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
};
globalThis.pause = () => setTimeout(() => {
  debugger;
});
setInterval(() => {
  kept.push(Array.from({ length: 2_000 }, (_, index) => ({ index })));
  if (kept.length > 50) kept.length = 0;
}, 20);
console.log('working');
