// As nodemon does: runs a program, and when its file changes ends it and runs it again.
const { spawn } = require('node:child_process');
const { watchFile } = require('node:fs');
const path = require('node:path');

const program = path.join(__dirname, 'watched.js');
let child;
const start = () => {
  child = spawn(process.execPath, [program], { stdio: 'inherit' });
  child.on('exit', (_code, signal) => signal === 'SIGUSR2' && start());
};
watchFile(program, { interval: 100 }, () => child.kill('SIGUSR2'));
start();
