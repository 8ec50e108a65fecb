import { EventEmitter } from 'node:events';
import * as v from 'valibot';
import type * as vscode from 'vscode';
import { hideFile, hideGroup, MAX_HIDDEN, NOTHING_HIDDEN, unhideFile, unhideGroup } from '../../model/hidden';
import type { Hidden, HiddenGroup } from '../../protocol/profile';
import { errorText } from './errorText';
import type { Logger } from './logger';

const KEY = 'bifrost.hidden';

/** Longer than any path, id or name that Bifrost writes. */
const MAX_TEXT = 10_000;

const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));

/** What was remembered may have been written by another version: entries that are none are forgotten. */
const rememberedSchema = v.object({
  files: v.fallback(entries(text), []),
  groups: v.fallback(entries(v.object({ id: text, name: text })), []),
});

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
    const remembered = v.safeParse(rememberedSchema, memory.get<unknown>(KEY));
    this.#hidden = remembered.success ? remembered.output : NOTHING_HIDDEN;
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

/** The newest entries of a list that have the given form. */
function entries<T>(entry: v.GenericSchema<unknown, T>) {
  return v.pipe(
    v.array(v.unknown()),
    v.transform((list) => list.slice(-MAX_HIDDEN).filter((item): item is T => v.is(entry, item))),
  );
}
