// Holds more and more in one function, until V8 gives up.
const kept = [];

function keepMore(count) {
  for (let i = 0; i < count; i++) kept.push({ number: i, pair: [i, i + 1], text: `x${i}` });
}

global.fill = () => {
  setImmediate(() => {
    for (;;) keepMore(1_000);
  });
};
setInterval(() => {}, 1_000);
console.log('ready');
