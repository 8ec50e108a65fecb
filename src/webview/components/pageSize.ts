import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import { useRememberedChoice } from './remembered';
import type { Tool } from './toolbar';

/** Whether the figures of the moment are shown in full, or collapsed to one line (R14). */
export interface PageSize {
  readonly isOneLine: boolean;
  toggle(): void;
}

const SIZES = ['whole', 'one line'] as const;

/** Outlives the page, which VS Code throws away when the panel is hidden. */
export function usePageSize(): PageSize {
  const [size, choose] = useRememberedChoice('Size of the page', SIZES);
  const isOneLine = size === 'one line';
  return useMemo(() => ({ isOneLine, toggle: () => choose(isOneLine ? 'whole' : 'one line') }), [isOneLine, choose]);
}

/** The way to the other size. */
export function sizeTool({ isOneLine, toggle }: PageSize): Tool {
  return {
    id: 'one-line',
    text: l10n.t('Show the figures in one line'),
    title: isOneLine ? l10n.t('Show tiles and charts again') : l10n.t('Show the figures in one line'),
    icon: isOneLine ? 'chevron-down' : 'chevron-up',
    pressed: isOneLine,
    run: toggle,
  };
}
