import { minutesOf } from '../../helpers/longRun.mjs';

/** What it takes beside the time that is watched. */
const MARGIN_MS = 180_000;

export const timeoutMs = minutesOf(3) * 60_000 + MARGIN_MS;
