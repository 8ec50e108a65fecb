/** Tells what is going on during work that can take minutes. */
import { clearInterval, setInterval } from 'node:timers';

const HEARTBEAT_MS = 15_000;

/**
 * One line when the work starts, one every fifteen seconds, one with the time it took.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(title, work) {
  const start = Date.now();
  const seconds = () => `${((Date.now() - start) / 1000).toFixed(1)} s`;
  console.log(`> ${title}`);
  const heartbeat = setInterval(() => console.log(`  ${title}: still at it after ${seconds()}`), HEARTBEAT_MS);
  try {
    const result = await work();
    console.log(`  ${title}: done in ${seconds()}`);
    return result;
  } catch (error) {
    console.log(`  ${title}: failed after ${seconds()}`);
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}
