/**
 * Numbers, and short facts about them, as people read them. Every figure has a fixed number of digits per magnitude, so that a value that changes every
 * second keeps its width. A value that is not a number is a dash, never 0.
 */
import * as l10n from '@vscode/l10n';
import { AGE_LIMITS, type StackOrigin } from '../protocol/collector';
import type { Bytes, EpochMilliseconds, Milliseconds } from '../protocol/units';
import { digits } from './digits';

/** Stands for a value that is not known. */
export const UNKNOWN = '–';

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A figure that may not be known. */
export function formatKnown(value: number | null | undefined, format: (value: number) => string): string {
  return value == null ? UNKNOWN : format(value);
}

/** 1 kB is 1024 bytes, as in VS Code and in Chrome's tools: "512 B", "34.2 MB", "128 MB". */
export function formatBytes(bytes: Bytes): string {
  if (!Number.isFinite(bytes)) return UNKNOWN;
  let value = Math.abs(bytes);
  let unit = 0;
  // 999.5 and up would be four digits when rounded, so it is shown in the next unit.
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const text = unit === 0 ? digits(value, 0) : threeDigits(value);
  return `${bytes < 0 ? '-' : ''}${text} ${BYTE_UNITS[unit] ?? ''}`;
}

/** "12,345". */
export function formatCount(count: number): string {
  return Number.isFinite(count) ? digits(Math.round(count), 0, true) : UNKNOWN;
}

/** For estimates, whose last digits mean nothing: "845", "12.3 k", "1.2 M". */
export function formatCompactCount(count: number): string {
  if (!Number.isFinite(count)) return UNKNOWN;
  const units = ['', ' k', ' M', ' G'];
  let value = count;
  let unit = 0;
  while (Math.abs(value) >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return unit === 0 ? digits(value, 0) : `${threeDigits(value)}${units[unit] ?? ''}`;
}

/** "0.4%", "12.5%", "240%". */
export function formatPercent(percent: number): string {
  return Number.isFinite(percent) ? `${threeDigits(percent)}%` : UNKNOWN;
}

/** Processor time: "0.52 s". */
export function formatSeconds(seconds: number): string {
  return Number.isFinite(seconds) ? `${digits(seconds, 2)} s` : UNKNOWN;
}

/** A short duration: "0.8 ms", "12.5 ms", "340 ms", "1.4 s". */
export function formatDelay(delay: Milliseconds): string {
  if (!Number.isFinite(delay)) return UNKNOWN;
  return delay < 999.5 ? `${threeDigits(delay)} ms` : `${threeDigits(delay / 1000)} s`;
}

/** How long something has waited, in one or two units: "under 1 s", "42 s", "5 min", "1 h 20 min", "2 d 3 h". */
export function formatAge(age: Milliseconds): string {
  if (!Number.isFinite(age)) return UNKNOWN;
  const seconds = Math.floor(age / 1000);
  if (seconds < 1) return l10n.t('under 1 s');
  if (seconds < 60) return l10n.t('{0} s', seconds);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return l10n.t('{0} min', minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? l10n.t('{0} h', hours) : l10n.t('{0} h {1} min', hours, minutes % 60);
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? l10n.t('{0} d', days) : l10n.t('{0} d {1} h', days, hours % 24);
}

/** A change of a count, with its sign in a shape as well: "▲+3", "▼-2", and '' for none. */
export function formatTrend(change: number | null): string {
  if (change === null || change === 0 || !Number.isFinite(change)) return '';
  return change > 0 ? `▲+${formatCount(change)}` : `▼${formatCount(change)}`;
}

/** The time of day where the reader is: "14:03" or "14:03:21". */
export function formatClock(time: EpochMilliseconds, withSeconds: boolean): string {
  const date = new Date(time);
  const parts = [date.getHours(), date.getMinutes(), ...(withSeconds ? [date.getSeconds()] : [])];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** Marks a figure that is not exact. */
export function formatEstimate(figure: string): string {
  return figure === UNKNOWN ? UNKNOWN : `~${figure}`;
}

/** How many members a group has: "1,234", and "~1,234" when that comes from a sample. */
export function formatMembers(count: number, estimated: boolean): string {
  const text = formatCount(count);
  return estimated ? formatEstimate(text) : text;
}

/** What is counted, one and many of it: a language may have another order of words, so each is a text of its own. */
const QUANTITIES = {
  CPU: (count: string, isOne: boolean) => (isOne ? l10n.t('1 CPU') : l10n.t('{0} CPUs', count)),
  GC: (count: string, isOne: boolean) => (isOne ? l10n.t('1 GC') : l10n.t('{0} GCs', count)),
  'abandoned await': (count: string, isOne: boolean) => (isOne ? l10n.t('1 abandoned await') : l10n.t('{0} abandoned awaits', count)),
  'allocation site': (count: string, isOne: boolean) => (isOne ? l10n.t('1 allocation site') : l10n.t('{0} allocation sites', count)),
  group: (count: string, isOne: boolean) => (isOne ? l10n.t('1 group') : l10n.t('{0} groups', count)),
  'more row': (count: string, isOne: boolean) => (isOne ? l10n.t('1 more row') : l10n.t('{0} more rows', count)),
  program: (count: string, isOne: boolean) => (isOne ? l10n.t('1 program') : l10n.t('{0} programs', count)),
  promise: (count: string, isOne: boolean) => (isOne ? l10n.t('1 promise') : l10n.t('{0} promises', count)),
  row: (count: string, isOne: boolean) => (isOne ? l10n.t('1 row') : l10n.t('{0} rows', count)),
};

/** A noun behind its number: "1 group", "12 groups". */
export function formatQuantity(count: number, noun: keyof typeof QUANTITIES): string {
  return QUANTITIES[noun](formatCount(count), count === 1);
}

/** The classes of `HandleGroup.ages` by name: "under 1 s", "1 s to 10 s" … "over 1 h". */
export const AGE_CLASSES: readonly string[] = [...AGE_LIMITS, Infinity].map((limit, index) => {
  const lower = AGE_LIMITS[index - 1];
  if (lower === undefined) return l10n.t('under {0}', formatAge(limit));
  return limit === Infinity ? l10n.t('over {0}', formatAge(lower)) : l10n.t('{0} to {1}', formatAge(lower), formatAge(limit));
});

/** How the members of a group are spread over the ages, youngest first: "3 under 1 s, 2 for 1 min to 10 min". '' for no members. */
export function formatAges(ages: readonly number[], estimated: boolean): string {
  return AGE_CLASSES.flatMap((name, index) => {
    const count = ages[index] ?? 0;
    if (count === 0) return [];
    const between = index > 0 && index < AGE_LIMITS.length;
    return [between ? l10n.t('{0} for {1}', formatMembers(count, estimated), name) : `${formatMembers(count, estimated)} ${name}`];
  }).join(', ');
}

const ORIGIN_TEXTS: Readonly<Record<StackOrigin, string>> = {
  known: '',
  unread: l10n.t('Creation stack not read yet.'),
  notCaptured: l10n.t('Creation stack not captured: too many were opened at once.'),
  earlier: l10n.t('Open before Bifrost came, creation stack not known.'),
  empty: l10n.t('V8 could not capture the creation stack.'),
};

/** Why a group has no creation stack, in one sentence; '' when it has one. */
export function originText(origin: StackOrigin): string {
  return ORIGIN_TEXTS[origin];
}

/** One decimal up to 99.9, none above. */
function threeDigits(value: number): string {
  return digits(value, Math.abs(value) < 99.95 ? 1 : 0);
}
