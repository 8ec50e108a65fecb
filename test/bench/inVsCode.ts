/** What a user waits for in VS Code: activation, the panel's first paint, frames. Measured by tests in a real window. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { MeasuredFigure } from '../helpers/driverProtocol';
import type { BenchPart, BenchRow } from './harness/benchPart';
import { atMost, type Budget } from './harness/budget';
import { figure, type Figures } from './harness/figure';

const SCENARIOS = ['measured', 'scrolling'];
/** Where the tests write them, below the checkout, which is where the bench is started. */
const FOLDER = path.join('out', 'measured');

/** @throws Error when a test fails: then there are no figures. */
async function measured(say: (line: string) => void): Promise<MeasuredFigure[]> {
  await rm(FOLDER, { recursive: true, force: true });
  for (const scenario of SCENARIOS) {
    say(`  the scenario ${scenario}`);
    await run(scenario);
  }
  const files = (await readdir(FOLDER)).sort();
  const all = await Promise.all(files.map(async (file) => JSON.parse(await readFile(path.join(FOLDER, file), 'utf8')) as MeasuredFigure[]));
  return all.flat();
}

async function run(scenario: string): Promise<void> {
  const child = spawn(process.execPath, [path.join('scripts', 'test.mjs'), '--scenario', scenario], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The tests in VS Code failed:\n${output}`);
}

export const part: BenchPart = {
  async run({ quick, say }) {
    const title = 'In VS Code';
    // Opening windows takes longer than the quick form may; the tests themselves run in the CI.
    if (quick) return { title, rows: [], budgets: [] };
    const subjects = new Map<string, Figures>();
    const budgets: Budget[] = [];
    for (const { subject, figure: name, unit, samples, limit } of await measured(say)) {
      const value = figure(unit, samples);
      subjects.set(subject, { ...subjects.get(subject), [name]: value });
      if (limit !== null) budgets.push(atMost('aim', `${subject}, ${name}${unit === 'ms' ? ', ms' : ''}`, value.value, limit));
    }
    const rows: BenchRow[] = [...subjects].map(([subject, figures]) => ({ subject, variant: '', node: null, figures }));
    return { title, rows, budgets };
  },
};
