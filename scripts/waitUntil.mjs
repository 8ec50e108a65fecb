/** Waits for a condition, for as long as it may take and no longer. */
import { setTimeout as delay } from 'node:timers/promises';

/**
 * @template T
 * @param {string} what names what is waited for in the error
 * @param {number} timeoutMs
 * @param {() => T | Promise<T>} condition polled until it gives something other than undefined, null or false
 * @returns {Promise<NonNullable<T>>}
 */
export async function waitUntil(what, timeoutMs, condition) {
  for (const deadline = Date.now() + timeoutMs; ; await delay(100)) {
    const result = await condition();
    if (result !== undefined && result !== null && result !== false) return result;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`);
  }
}
