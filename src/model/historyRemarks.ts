/** What there is to say about a moment of the history besides its figures. */
import * as l10n from '@vscode/l10n';
import type { HistoryBand, HistoryEvent } from '../protocol/profile';
import type { EpochMilliseconds, Milliseconds } from '../protocol/units';
import { visibleText } from './displayName';

const TEXT_CHARACTERS = 200;

/** What a band is called: in the charts, and in words. */
export function bandName(kind: HistoryBand['kind']): string {
  switch (kind) {
    case 'paused':
      return l10n.t('Paused');
    case 'busy':
      return l10n.t('Busy');
    case 'lost':
      return l10n.t('Not heard');
  }
}

/** What a band means, in a sentence. */
export function bandMeaning(kind: HistoryBand['kind']): string {
  switch (kind) {
    case 'paused':
      return l10n.t('The debugger held the program.');
    case 'busy':
      return l10n.t('The program did not answer: it was busy where it can’t be asked, as in native code.');
    case 'lost':
      return l10n.t('There was no answer: the connection was cut, or the computer slept.');
  }
}

/** The text of an event, as it may be shown: parts of it may come from the program. */
export function eventText(event: HistoryEvent): string {
  return visibleText(event.text, TEXT_CHARACTERS);
}

/** What took place at a time: the bands it is in, and the events that are so near. */
export function remarksAt(bands: readonly HistoryBand[], events: readonly HistoryEvent[], time: EpochMilliseconds, near: Milliseconds): readonly string[] {
  return [
    ...bands.filter(({ from, to }) => from <= time && time <= (to ?? Infinity)).map(({ kind }) => bandName(kind)),
    ...events.filter((event) => Math.abs(event.time - time) <= near).map(eventText),
  ];
}

/** Where something began, ended or took place, ascending. */
export function landmarks(bands: readonly HistoryBand[], events: readonly HistoryEvent[]): readonly EpochMilliseconds[] {
  const times = [...bands.flatMap(({ from, to }) => (to === null ? [from] : [from, to])), ...events.map(({ time }) => time)];
  return times.sort((one, other) => one - other);
}
