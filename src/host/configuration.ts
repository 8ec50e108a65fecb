import * as vscode from 'vscode';
import { SettingDefaults, type Settings } from './contributions';
import type { ProfilerSettings } from './session/settings';

/** The settings as they are now, in the units that the session works with. */
export function readSettings(): ProfilerSettings {
  const configuration = vscode.workspace.getConfiguration('bifrost');
  const number = (key: NumberKey) => boundedNumber(configuration.get(key), SettingDefaults[key]);
  const texts = (key: 'handles.backgroundPatterns' | 'handles.perRequestPatterns') => {
    const value: unknown = configuration.get(key);
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
  };
  return {
    profileOnLaunch: configuration.get<unknown>('profileOnLaunch') === true,
    profileChildren: configuration.get<unknown>('profileChildren') !== false,
    interval: number('history.intervalSeconds') * 1000,
    window: number('history.windowMinutes') * 60_000,
    allocations: configuration.get<unknown>('allocations.enabled') !== false,
    samplingIntervalBytes: number('allocations.samplingIntervalKiB') * 1024,
    cumulative: configuration.get<unknown>('allocations.cumulative') !== false,
    allocationLimit: Math.round(number('allocations.limit')),
    saveNearHeapLimit: configuration.get<unknown>('allocations.saveNearHeapLimit') !== false,
    handles: configuration.get<unknown>('handles.enabled') !== false,
    longWait: number('handles.longWaitSeconds') * 1000,
    stuckAfter: number('handles.stuckSeconds') * 1000,
    backgroundPatterns: texts('handles.backgroundPatterns'),
    perRequestPatterns: texts('handles.perRequestPatterns'),
    pendingMode: oneOf(configuration.get('pendingOperations.mode'), SettingDefaults['pendingOperations.mode']),
    overheadBudgetPercent: number('overheadBudgetPercent'),
    deepCheckTime: number('pendingOperations.deepCheckSeconds') * 1000,
  };
}

type NumberKey = { [K in keyof Settings]: Settings[K] extends number ? K : never }[keyof Settings];

function boundedNumber(value: unknown, bounds: { default: number; minimum: number; maximum: number }): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return bounds.default;
  return Math.min(Math.max(value, bounds.minimum), bounds.maximum);
}

function oneOf<T extends string>(value: unknown, { default: otherwise, values }: { default: T; values: readonly T[] }): T {
  return values.find((known) => known === value) ?? otherwise;
}
