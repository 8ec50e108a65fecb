import { MAX_SUBJECTS, type Subject } from '../protocol/collector';

/** The texts that occur most often, with how often, at most `MAX_SUBJECTS`. Empty texts do not count. */
export function mostFrequent(texts: readonly string[]): Subject[] {
  const first = texts[0] ?? '';
  // Asked for each of a thousand groups, most of which are all about the same.
  if (isOnly(first, texts)) return first === '' ? [] : [{ text: first, count: texts.length }];
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .map(([text, count]) => ({ text, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_SUBJECTS);
}

function isOnly(text: string, texts: readonly string[]): boolean {
  // By index: a function to ask with, or an iterator, would be garbage of each group.
  let index = 0;
  while (index < texts.length && texts[index] === text) index++;
  return index === texts.length;
}
