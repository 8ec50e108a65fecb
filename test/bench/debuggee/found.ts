/** What is measured is found by where its file is: nothing is listed anywhere. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../helpers/program';
import type { Configuration } from './configuration';

const SHARED = 'shared.js';

/** Every file of test/bench/configurations, in the order of the tables. */
export async function configurations(): Promise<Configuration[]> {
  const folder = path.join(ROOT, 'out', 'bench', 'configurations');
  const files = readdirSync(folder).filter((file) => file.endsWith('.js'));
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(path.join(folder, file)).href) as Promise<{ configuration: Configuration }>));
  return modules.map(({ configuration }) => configuration).sort((a, b) => a.order - b.order);
}

/** The names of test/fixtures/workloads. */
export function workloads(): string[] {
  const files = readdirSync(path.join(ROOT, 'test', 'fixtures', 'workloads'));
  return files.filter((file) => file !== SHARED).map((file) => path.basename(file, '.js')).sort();
}
