import { minutesOf } from '../../helpers/longRun.mjs';

/** What it takes to start and end 64 programs. */
const MARGIN_MS = 260_000;

export const timeoutMs = minutesOf(0.5) * 60_000 + MARGIN_MS;

/** 64 programs are more than some machines can do beside all other tests. */
export const onRequest = true;
