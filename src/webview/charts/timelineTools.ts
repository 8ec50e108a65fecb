import * as l10n from '@vscode/l10n';
import { isFollowing, LIVE_VIEW, viewOf, zoomed } from '../../model/timeView';
import type { Tool } from '../components/toolbar';
import { anchorOf, ZOOM_IN, ZOOM_OUT } from './timelineKeys';
import { isWhole, type TimelineState } from './timelineState';

/** What the buttons above the charts do. All are always there: a button that comes and goes moves the others. */
export function timelineTools(timeline: TimelineState, table: { readonly isOn: boolean; toggle(): void }): readonly Tool[] {
  const { view, extent, range, selection, setView } = timeline;
  const span = range.end - range.start;
  return [
    {
      id: 'zoom-in',
      text: l10n.t('Zoom in'),
      title: l10n.t('Zoom in (+ in the charts, or Ctrl and the wheel)'),
      icon: 'zoom-in',
      disabled: span <= extent.leastSpan,
      run: () => setView(zoomed(view, extent, ZOOM_IN, anchorOf(timeline))),
    },
    {
      id: 'zoom-out',
      text: l10n.t('Zoom out'),
      title: l10n.t('Zoom out (- in the charts, or Ctrl and the wheel)'),
      icon: 'zoom-out',
      disabled: span >= extent.window,
      run: () => setView(zoomed(view, extent, ZOOM_OUT, anchorOf(timeline))),
    },
    {
      id: 'zoom-selection',
      text: l10n.t('Zoom to the selection'),
      title: l10n.t('Zoom to what is selected (Enter in the charts)'),
      icon: 'screen-full',
      disabled: selection === null,
      run: () => selection && setView(viewOf({ start: selection.from, end: selection.to }, extent)),
    },
    {
      id: 'clear-selection',
      text: l10n.t('Clear the selection'),
      title: l10n.t('Clear the selection: the lists show all again (Escape in the charts)'),
      icon: 'clear-all',
      disabled: selection === null,
      run: () => timeline.select(null),
    },
    {
      id: 'live',
      text: l10n.t('Back to live'),
      title: isFollowing(view) ? l10n.t('Show the whole history (0 in the charts)') : l10n.t('Back to live: follow the newest figures (0 in the charts)'),
      icon: 'debug-continue',
      disabled: isWhole(view),
      run: () => setView(LIVE_VIEW),
    },
    { id: 'table', text: l10n.t('Show as a table'), icon: 'table', pressed: table.isOn, run: () => table.toggle() },
  ];
}
