/** Breaks valid replies as a hostile or damaged program might. */
import type { SeededRandom } from './seededRandom';

/** JSON texts, not values: `1e999` and `__proto__` have no form as a value that survives `JSON.stringify`. */
const HOSTILE: readonly string[] = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '-1',
  '0.5',
  '-1e-9',
  '1e999',
  '-1e999',
  '9007199254740993',
  '1.7976931348623157e308',
  '""',
  '"NaN"',
  '"Infinity"',
  '"on"',
  '"\\u202e\\u0000\\ud800"',
  `"${'x'.repeat(10_000)}"`,
  '[]',
  '{}',
  '[null]',
  '[[]]',
  `[${'0,'.repeat(999)}0]`,
  `${'['.repeat(3000)}${']'.repeat(3000)}`,
  `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`,
  '{"__proto__":{"polluted":true}}',
  '{"__proto__":null}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"length":4294967295}',
  '{"toJSON":1,"toString":1,"valueOf":1}',
  '{"on":true}',
];

/** Marks the place of a hostile text in a value until that is written out. */
const PLACE = '@@hostile@@';

/** The reply with one to three things broken in it: values put in another's place, properties lost or added, characters changed. */
export function breakReply(reply: string, random: SeededRandom): string {
  let text = reply;
  for (let left = random.integer(1, 3); left > 0; left--) {
    text = random.chance(0.8) ? breakValue(text, random) : breakText(text, random);
  }
  return text;
}

function breakValue(text: string, random: SeededRandom): string {
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    return text;
  }
  const holders: (unknown[] | Record<string, unknown>)[] = [];
  const gather = (value: unknown, depth: number): void => {
    // Deep nests that were put in before are left alone.
    if (typeof value !== 'object' || value === null || depth > 20) return;
    if (Object.keys(value).length > 0) holders.push(value as Record<string, unknown>);
    for (const inner of Object.values(value)) gather(inner, depth + 1);
  };
  gather(whole, 0);
  if (holders.length === 0) return text;
  const holder = random.pick(holders);
  const key = random.pick(Object.keys(holder));
  const record = holder as Record<string, unknown>;
  switch (random.integer(0, 4)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else Reflect.deleteProperty(record, key);
      break;
    case 1:
      if (Array.isArray(holder)) holder.push(...holder);
      else record[`${key}2`] = record[key];
      break;
    case 2:
      if (Array.isArray(holder)) holder.push(PLACE);
      else record[random.pick(['extra', '__proto_place__', 'constructor', 'length', ''])] = PLACE;
      break;
    default:
      record[key] = PLACE;
  }
  return JSON.stringify(whole).replaceAll('__proto_place__', '__proto__').replace(`"${PLACE}"`, () => random.pick(HOSTILE));
}

function breakText(text: string, random: SeededRandom): string {
  const at = random.integer(0, text.length - 1);
  switch (random.integer(0, 3)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + random.pick(['"', '}', ']', ',', '\\', '\u0000', '\ufeff', '0']) + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at + random.integer(1, 20));
    default:
      return text + text;
  }
}
