import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { BenchReport } from '../bench/harness/benchReport';
import { atLeast, atMost } from '../bench/harness/budget';
import { figure, figureText } from '../bench/harness/figure';
import { withSummary } from '../bench/harness/readmeSummary';
import { budgetTable, rowTables } from '../bench/harness/reportTables';

const FIGURES = { throughput: figure('x', [0.9, 1, 0.97]), 'CPU per request': figure('x', [1.05]) };
const AT_FIRST = { 'throughput at first': figure('x', [0.8]), 'CPU per request at first': figure('x', [1.3]) };
const ROW = { node: '24', figures: FIGURES };

const REPORT: BenchReport = {
  date: '2026-02-03T04:05:06.000Z',
  machine: { processor: 'A processor', processors: 2, memoryGiB: 8, system: 'Linux x64' },
  nodes: { 24: 'v24.1.0' },
  quick: false,
  failures: [],
  rows: [
    { part: 'overhead', subject: 'http', variant: 'Bifrost, default', node: '24', figures: { ...FIGURES, ...AT_FIRST } },
    { part: 'overhead', subject: 'http', variant: 'another', ...ROW },
  ],
  budgets: [
    { part: 'overhead', ...atLeast('aim', 'throughput', 0.97, 0.95, 'http, Node.js 24') },
    { part: 'overhead', ...atLeast('aim', 'throughput', 0.91, 0.95, 'streams, Node.js 24') },
    { part: 'overhead', ...atMost('gate', 'size', 3, 2) },
  ],
};

describe('the report of the bench', () => {
  it('gives the median and the spread', () => {
    assert.deepEqual(figure('ms', [3, 1, 2, 10]), { unit: 'ms', value: 2.5, low: 1, high: 10, rounds: 4 });
    assert.equal(figureText(figure('x', [0.9, 1, 0.97])), '0.970 (0.900–1.000)');
    assert.equal(figureText(figure('bytes', [12345])), '12,345 B');
    assert.throws(() => figure('ms', []), RangeError);
  });

  it('holds a budget from both sides, and its limit is met', () => {
    assert.deepEqual([0.94, 0.95, 0.96].map((value) => atLeast('aim', 'a', value, 0.95).met), [false, true, true]);
    assert.deepEqual([1, 2, 3].map((value) => atMost('gate', 'b', value, 2).met), [true, true, false]);
  });

  it('has a table per Node.js, and one of the budgets', () => {
    assert.equal(
      rowTables('Under load', REPORT.rows.map((row) => ({ ...row, ...ROW }))),
      [
        '| Under load, Node.js 24 | throughput          | CPU per request |',
        '|------------------------|---------------------|-----------------|',
        '| http: Bifrost, default | 0.970 (0.900–1.000) | 1.050           |',
        '| http: another          | 0.970 (0.900–1.000) | 1.050           |',
      ].join('\n'),
    );
    assert.equal(
      budgetTable(REPORT.budgets),
      [
        '| budget                          | limit  | value | met               |',
        '|---------------------------------|--------|-------|-------------------|',
        '| throughput: http, Node.js 24    | ≥ 0.95 | 0.97  | yes               |',
        '| throughput: streams, Node.js 24 | ≥ 0.95 | 0.91  | no                |',
        '| size                            | ≤ 2    | 3     | NO (fails the CI) |',
      ].join('\n'),
    );
  });

  it('is summed up between the markers of README.md, and written again in the same place', () => {
    const empty = 'before\n<!-- written by `npm run bench -- --readme` -->\n<!-- end of what it wrote -->\nafter';
    const written = withSummary(empty, REPORT);
    assert.equal(
      written,
      [
        'before',
        '<!-- written by `npm run bench -- --readme` -->',
        'Measured on 2026-02-03 with 2 processors (A processor), 8 GiB, Linux x64; Node.js v24.1.0. Throughput, and in brackets CPU per request, with all defaults and the',
        'panel open, as a ratio to the same program with the debugger alone: once it is warm, and as it comes under load, when most stacks',
        'are new and Bifrost takes more of them.',
        '',
        '| a program under load | Node.js 24  |',
        '|----------------------|-------------|',
        '| http                 | 0.97 (1.05) |',
        '',
        '| in its first two seconds under load | Node.js 24  |',
        '|-------------------------------------|-------------|',
        '| http                                | 0.80 (1.30) |',
        '',
        '| budget            | met    | worst                      |',
        '|-------------------|--------|----------------------------|',
        '| throughput ≥ 0.95 | 1 of 2 | 0.91 (streams, Node.js 24) |',
        '<!-- end of what it wrote -->',
        'after',
      ].join('\n'),
    );
    assert.equal(withSummary(written, REPORT), written);
    assert.throws(() => withSummary('no markers', REPORT), /markers/);
  });
});
