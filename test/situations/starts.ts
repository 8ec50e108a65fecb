/** The ways in which a program can be started, and start others. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../helpers/program';
import type { Situation } from '../helpers/situation';
import { showsTimersByName } from '../helpers/shownTimers';

const PLAIN = readFileSync(path.join(ROOT, 'test', 'fixtures', 'situations', 'plain.cjs'), 'utf8');
const MOCHA = path.join(ROOT, 'node_modules', 'mocha', 'bin', 'mocha.js');
const USER_HOOK = /a hook of the user true\nplain function\nthe hook hears 0/;
/** What a compiler makes of a file may have other lines. */
const COMPILED: Pick<Situation, 'program' | 'says' | 'shows'> = { program: 'typed.ts', says: /typed early,late/, shows: showsTimersByName('setEarly', 'setLate') };

function parent(name: string, how: string, says: RegExp): Situation {
  return { name, program: 'parents.cjs', runs: ['parents.cjs', how], ways: ['preloaded', 'alone'], says };
}

export const STARTS: readonly Situation[] = [
  { name: 'ES modules only', program: 'esm.mjs', says: /a module undefined true/ },
  { name: 'node -e', program: 'plain.cjs', runs: ['-e', PLAIN], shownAs: '[eval]', says: /plain function/ },
  { name: 'no standard input', program: 'plain.cjs', stdinClosed: true, says: /plain function/ },
  { name: '--require of the user', program: 'plain.cjs', nodeArguments: ['--require', './hooks/announces.cjs'], says: USER_HOOK },
  { name: '--import of the user', program: 'plain.cjs', nodeArguments: ['--import', './hooks/announces.cjs'], says: USER_HOOK },
  { name: 'NODE_OPTIONS of the user', program: 'plain.cjs', env: { NODE_OPTIONS: '--max-old-space-size=200 --require "./hooks/announces.cjs"' }, says: USER_HOOK },
  { name: 'a loader in a thread', program: 'loaded.mjs', nodeArguments: ['--import', './hooks/registers.mjs'], says: /loaded hello/ },
  { name: 'TypeScript by Node', ...COMPILED, from: 22 },
  { name: 'TypeScript by tsx', ...COMPILED, nodeArguments: ['--import', 'tsx'] },
  { name: 'TypeScript by a require hook', ...COMPILED, nodeArguments: ['--require', './hooks/transpiles.cjs'] },
  { name: 'npm start', program: 'plain.cjs', command: ['npm', '--prefix', 'npmScript', '--no-update-notifier', 'start'], ways: ['alone'], says: /plain function/ },
  { name: 'mocha', program: 'tests/mocha.cjs', runs: [MOCHA, '--timeout', '0', '--check-leaks', '--reporter', 'dot', 'tests/mocha.cjs'], shownAs: 'mocha.cjs', masks: [[/\(\d+m?s\)/g, '']], says: /3 passing/ },
  parent('node --test', 'test', /child: 0 \./),
  parent('node --watch', 'watch', /run 1\nrun 2\nwatcher ended/),
  parent('a restarter', 'restart', /run 1\nended SIGUSR2\nrun 2\nended SIGUSR2\nrun 3\nended SIGTERM/),
  parent('fork', 'fork', /child: works as a process\|\|done\nchild ended 3/),
  parent('spawn', 'spawn', /child: works as a process\|\|\nchild ended 3/),
  parent('spawn with no environment', 'spawnWithoutEnvironment', /child: works as a process\|\|\nchild ended 3/),
  parent('exec', 'exec', /child: 3 works as a process/),
  parent('spawnSync', 'spawnSync', /child: works as a process/),
  parent('cluster', 'cluster', /child: works as a process\|\|done\nchild ended 0/),
  parent('a worker', 'worker', /child: works as a thread\|\|done\nchild ended 3/),
  parent('a worker with no environment', 'workerWithoutEnvironment', /child: works as a thread\|\|done\nchild ended 3/),
  parent('a worker that is ended', 'workerThatIsTerminated', /child: \|\|up\nchild ended 1/),
];
