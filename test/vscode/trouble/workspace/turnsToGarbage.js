// Works for a while, then its collector answers with garbage.
globalThis.corrupt = () => {
  globalThis[Symbol.for('bifrost.collector')].collector.call = () => '{"ok":true,"value":{"sample":{"clock":-1}}}';
};
console.log('ready');
setInterval(() => {}, 1_000);
