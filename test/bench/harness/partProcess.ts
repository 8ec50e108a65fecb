/** Runs one part of test/bench in a process of its own, so that what one part leaves in memory is not measured with the next. */
import type { BenchPart, BenchResult, BenchRun } from './benchPart';

export type PartMessage = { readonly said: string } | { readonly result: BenchResult };

const [, , file = '', run = '{}'] = process.argv;
const tell = (message: PartMessage) =>
  new Promise<void>((resolve, reject) => {
    if (!process.send) throw new Error('It is started by the bench itself.');
    process.send(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
  });

async function main(): Promise<void> {
  const { part } = (await import(file)) as { part: BenchPart };
  const asked = JSON.parse(run) as Omit<BenchRun, 'say'>;
  await tell({ result: await part.run({ ...asked, say: (said) => void tell({ said }) }) });
  process.disconnect();
}

void main();
