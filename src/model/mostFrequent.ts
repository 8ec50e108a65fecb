import { MAX_SUBJECTS } from '../protocol/collector';

/** The texts that occur most often, with how often, at most `MAX_SUBJECTS`. Empty texts do not count. */
export function mostFrequent(texts: readonly string[]): [text: string, count: number][] {
  const [first = ''] = texts;
  // Asked for each of a thousand groups, most of which are all about the same.
  if (texts.every((text) => text === first)) return first === '' ? [] : [[first, texts.length]];
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, MAX_SUBJECTS);
}
