// Opens a timer before anything else, starts a child that does the same, and lives on.
const { fork } = require('node:child_process');

setTimeout(() => {}, 3_600_000);
if (process.argv[2] !== 'child') fork(__filename, ['child']);
console.log(`ready ${process.pid}`);
