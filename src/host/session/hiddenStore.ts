import { EventEmitter } from 'node:events';
import type * as vscode from 'vscode';
import { hideFile, hideGroup, MAX_HIDDEN, NOTHING_HIDDEN, unhideFile, unhideGroup } from '../../model/hidden';
import type { Hidden, HiddenGroup } from '../../protocol/profile';
import { errorText } from './errorText';
import type { Logger } from './logger';

const KEY = 'bifrost.hidden';

/** Longer than any path, id or name that Bifrost writes. */
const MAX_TEXT = 10_000;

/** What the user has hidden in this workspace, remembered over restarts. */
export class HiddenStore {
  readonly events = new EventEmitter<{ change: [Hidden] }>();
  readonly #memory: Pick<vscode.Memento, 'get' | 'update'>;
  readonly #log: Logger;
  #hidden: Hidden;

  /** @param memory The workspace's. */
  constructor(memory: Pick<vscode.Memento, 'get' | 'update'>, log: Logger) {
    this.#memory = memory;
    this.#log = log;
    this.#hidden = rememberedIn(memory.get<unknown>(KEY));
  }

  get hidden(): Hidden {
    return this.#hidden;
  }

  hideFile(file: string): void {
    this.#set(hideFile(this.#hidden, file));
  }

  hideGroup(group: HiddenGroup): void {
    this.#set(hideGroup(this.#hidden, group));
  }

  unhideFile(file: string): void {
    this.#set(unhideFile(this.#hidden, file));
  }

  unhideGroup(groupId: string): void {
    this.#set(unhideGroup(this.#hidden, groupId));
  }

  unhideAll(): void {
    this.#set(NOTHING_HIDDEN);
  }

  #set(hidden: Hidden): void {
    if (hidden === this.#hidden) return;
    this.#hidden = hidden;
    this.#memory.update(KEY, hidden).then(undefined, (error: unknown) => {
      this.#log.warn(`What is hidden could not be remembered: ${errorText(error)}`);
    });
    this.events.emit('change', hidden);
  }
}

/**
 * What was remembered may have been written by another version: entries that are none are forgotten. By hand, as the library
 * for schemas is not needed to be activated.
 */
function rememberedIn(value: unknown): Hidden {
  if (typeof value !== 'object' || value === null) return NOTHING_HIDDEN;
  const { files, groups } = value as { readonly files?: unknown; readonly groups?: unknown };
  return { files: newest(files, isText), groups: newest(groups, isGroup).map(({ id, name }) => ({ id, name })) };
}

/** The newest entries of a list that have the given form. */
function newest<T>(list: unknown, hasForm: (entry: unknown) => entry is T): T[] {
  return Array.isArray(list) ? list.slice(-MAX_HIDDEN).filter(hasForm) : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT;
}

function isGroup(value: unknown): value is HiddenGroup {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name } = value as { readonly id?: unknown; readonly name?: unknown };
  return isText(id) && isText(name);
}
