/** Folded stacks, and files of speedscope. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { foldedCpuStacks, foldedStacks } from '../../src/host/export/formats/foldedStacks';
import { speedscopeCpu, speedscopeHeap } from '../../src/host/export/formats/speedscopeFile';
import { schemaErrors, type JsonSchema } from '../helpers/jsonSchema';
import { allocatedBy, chain, CPU, HEAP, sum } from '../helpers/profiles';
import { ROOT } from '../helpers/program';

describe('foldedStacks', () => {
  it('has a line for each stack, callers first and above their callees', () => {
    const main = 'main (/app/src/server.ts:1)';
    const handle = `${main};handle (/app/src/server.ts:12)`;
    const order = 'loadOrder (/app/src/orders.ts:31)';
    assert.deepEqual(foldedStacks(HEAP, 'inUse').split('\n'), [
      '(no function) 16',
      `${handle} 100`,
      `${handle};${order} 4096`,
      `${handle};${order};(anonymous orders.ts:40:11) (/app/src/orders.ts:40) 250000`,
      `${handle};parse (/app/node_modules/qs/lib/parse.js:7) 80000`,
      `processTicksAndRejections (node:internal/process/task_queues:71);${order} 512`,
      '(garbage collector) 32',
      '',
    ]);
  });

  it('has the measure that is asked for, and nothing of one that is not known', () => {
    const bytes = foldedStacks(HEAP, 'allocated').trimEnd().split('\n').map((line) => Number(line.slice(line.lastIndexOf(' '))));
    assert.equal(sum(bytes), sum(HEAP.allocated?.bytes ?? []));
    assert.equal(foldedStacks({ ...HEAP, allocated: null }, 'allocated'), '');
  });

  it('has one line for a name with what separates stacks and lines', () => {
    assert.equal(foldedStacks(allocatedBy('a;b\nc\r\u2028d', '/app/x;\ny.ts'), 'inUse'), 'a,b\\u{a}c\\u{d}\\u{2028}d (/app/x,\\u{a}y.ts:3) 1000\n');
  });

  it('bears a stack of 1,000,000 functions', () => {
    const lines = foldedStacks(chain(1_000_000), 'inUse').trimEnd().split('\n');
    assert.equal(sum(lines.map((line) => Number(line.slice(line.lastIndexOf(' '))))), 1_000_000);
    assert.ok(Math.max(...lines.map((line) => line.split(';').length)) <= 512);
  });

  it('has the microseconds of a CPU profile', () => {
    assert.match(foldedCpuStacks(CPU, 'wall'), /^\(no function\) 1000\nmain .*;handle .* 2000\n/);
    assert.match(foldedCpuStacks(CPU, 'cpu'), /;handle \(\/app\/src\/server.ts:12\) 1500\n/);
    assert.throws(() => foldedCpuStacks({ ...CPU, cpuTime: null }, 'cpu'), /was not measured/);
  });
});

describe('speedscope files', () => {
  interface File {
    readonly name: string;
    readonly shared: { readonly frames: readonly { readonly name: string; readonly file?: string; readonly line?: number }[] };
    readonly profiles: readonly { readonly name: string; readonly unit: string; readonly endValue: number; readonly samples: readonly (readonly number[])[]; readonly weights: readonly number[] }[];
  }
  const schema = JSON.parse(readFileSync(path.join(ROOT, 'test', 'fixtures', 'speedscopeSchema.json'), 'utf8')) as JsonSchema;
  const parse = (text: string): File => {
    const file = JSON.parse(text) as File;
    assert.deepEqual(schemaErrors(file, schema), []);
    for (const { samples, weights, endValue } of file.profiles) {
      assert.equal(samples.length, weights.length);
      assert.ok(Math.abs(sum(weights) - endValue) < 1e-6 * endValue + 1e-6);
      for (const frame of samples.flat()) assert.ok(file.shared.frames[frame], `there is no frame ${frame}`);
    }
    return file;
  };

  it('have a profile for each list that is known', () => {
    const both = parse(speedscopeHeap(HEAP, 'Shop'));
    assert.deepEqual(both.profiles.map(({ name, unit }) => `${name}: ${unit}`), ['In use: bytes', 'Allocated: bytes']);
    assert.equal(both.name, 'Shop');
    assert.deepEqual(parse(speedscopeHeap({ ...HEAP, inUse: null }, 'Shop')).profiles.map(({ name }) => name), ['Allocated']);
    assert.deepEqual(both.profiles.map(({ endValue }) => Math.round(endValue)), [HEAP.inUse, HEAP.allocated].map((amounts) => Math.round(sum(amounts?.bytes ?? []))));
  });

  it('have stacks with the outermost function first, and functions with their place', () => {
    const { profiles, shared } = parse(speedscopeHeap(HEAP, 'Shop'));
    const [inUse] = profiles;
    const largest = inUse?.samples[inUse.weights.indexOf(250_000)] ?? [];
    assert.deepEqual(largest.map((frame) => shared.frames[frame]?.name), ['main', 'handle', 'loadOrder', '(anonymous orders.ts:40:11)']);
    assert.deepEqual(shared.frames[1], { name: 'handle', file: '/app/src/server.ts', line: 12, col: 3 });
  });

  it('have wall time in its order, and CPU time', () => {
    const { profiles, shared } = parse(speedscopeCpu(CPU, 'Shop'));
    assert.deepEqual(profiles.map(({ name, unit }) => `${name}: ${unit}`), ['Wall time: microseconds', 'CPU time: microseconds']);
    const [wall, cpu] = profiles;
    assert.deepEqual(wall?.samples.map((stack) => shared.frames[stack.at(-1) ?? -1]?.name), ['handle', 'loadOrder', '(anonymous orders.ts:40:11)', 'parse', 'loadOrder', '(garbage collector)', '(no function)']);
    assert.deepEqual(wall.weights, [2000, 3000, 1000, 1000, 1000, 1000, 1000]);
    assert.equal(cpu?.endValue, sum(CPU.cpuTime ?? []));
  });

  it('have sums where the order is not known', () => {
    const { profiles } = parse(speedscopeCpu({ ...CPU, cpuTime: null, samples: [], timeDeltas: [] }, 'Shop'));
    assert.deepEqual(profiles.map(({ name, endValue }) => `${name}: ${endValue}`), ['Wall time: 10000']);
  });

  it('bear a stack of 1,000,000 functions', () => {
    assert.equal(parse(speedscopeHeap(chain(1_000_000), 'Deep')).profiles[0]?.endValue, 1_000_000);
  });
});
