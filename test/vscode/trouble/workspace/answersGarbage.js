// Answers the profiler with what it makes up, in the protocol whose number is its argument.
const garbage = [
  'not JSON at all',
  '{"ok":true,"value":{"pid":"<img src=x onerror=alert(1)>"}}',
  '{"ok":true}',
  42,
];
let calls = 0;
Object.defineProperty(globalThis, Symbol.for('bifrost.collector'), {
  value: {
    addons: new Map(),
    collector: { protocol: Number(process.argv[2]), call: () => garbage[calls++ % garbage.length] },
  },
});
console.log('ready');
setInterval(() => {}, 1_000);
