/** package.json as VS Code shows it: with the texts of package.nls.json in place of their keys. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './program';

export function readManifest(): unknown {
  const texts = readTexts();
  return withTexts(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')), (key) => {
    const text = texts[key];
    if (text === undefined) throw new Error(`package.nls.json has no "${key}".`);
    return text;
  });
}

/** What package.nls.json says, by key. */
export function readTexts(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(path.join(ROOT, 'package.nls.json'), 'utf8')) as Record<string, string>;
}

/** A copy of a JSON value in which every `%key%` is what `textOf` says. */
export function withTexts(value: unknown, textOf: (key: string) => string): unknown {
  if (typeof value === 'string') {
    const key = /^%(.+)%$/.exec(value)?.[1];
    return key === undefined ? value : textOf(key);
  }
  if (Array.isArray(value)) return value.map((item) => withTexts(item, textOf));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withTexts(item, textOf)]));
}
