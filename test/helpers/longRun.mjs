/** How long the scenarios run that watch for minutes: short in every test run, as long as is asked for otherwise. */
import process from 'node:process';


/** @param {number} otherwise minutes */
export function minutesOf(otherwise) {
  const minutes = Number(process.env.BIFROST_LONG_RUN_MINUTES ?? otherwise);
  if (!(minutes > 0)) throw new Error('BIFROST_LONG_RUN_MINUTES is to be a number of minutes.');
  return minutes;
}
