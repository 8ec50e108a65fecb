// Opens timers from as many functions as it is told, so that there are as many groups, and keeps some memory in each.
const kept = [];

function openFrom(index) {
  const open = new Function('kept', `return function timerOf${index}() { kept.push(setTimeout(() => {}, 3_600_000 + ${index}), new Array(2_000).fill(${index})); }`)(kept);
  open();
}

/** Called by the tests through the debugger, once they profile. */
globalThis.open = (groups) => {
  for (let index = 0; index < groups; index++) openFrom(index);
};

setInterval(() => {}, 1_000);
console.log('ready');
