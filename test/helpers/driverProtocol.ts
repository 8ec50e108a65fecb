/** What the tests and the process that runs them tell each other; scripts/testDriver.mjs is the other end. */

/** Where the driver listens. In the environment of the extension host, which it inherits from the server's. */
export const DRIVER_VARIABLE = 'BIFROST_TEST_DRIVER';

/** Only tests whose title contains this text run. */
export const GREP_VARIABLE = 'BIFROST_TEST_GREP';

/** How one test ended. */
export interface TestRecord {
  /** With the titles of its suites. */
  title: string;
  state: 'passed' | 'failed' | 'skipped';
  durationMs: number;
  /** Text and stack of what made it fail. */
  error?: string;
}

/** Something to find in the page. */
export interface Target {
  /** Playwright's: CSS, or `text=…` and the like. */
  selector: string;
  /** Only elements that contain it. */
  text?: string;
  /** Which of those that match, from 0. */
  nth?: number;
  timeoutMs?: number;
}

/** A place in an element: shares of its width and height, from 0 to 1. */
export type Place = [x: number, y: number];

/** Something that was measured. Its limit is an aim: what comes out is the machine's. */
export interface MeasuredFigure {
  /** What was measured. */
  subject: string;
  /** What of it. */
  figure: string;
  unit: 'ms' | 'count';
  /** One of each round, or of each frame. */
  samples: readonly number[];
  /** Their median is to be at most this; null when nothing is aimed at. */
  limit: number | null;
}

/** The parameters of each operation and what it gives. */
export interface Operations {
  'panel.waitFor': [params: Target, value: undefined];
  'panel.click': [params: Target, value: undefined];
  'panel.text': [params: { selector: string }, value: string[]];
  'panel.evaluate': [params: { expression: string }, value: unknown];
  'panel.move': [params: { selector: string; at: Place }, value: undefined];
  'panel.drag': [params: { selector: string; from: Place; to: Place }, value: undefined];
  /** `by` is in CSS pixels, sideways and down; `key` is held meanwhile. */
  'panel.wheel': [params: { selector: string; at: Place; by: [x: number, y: number]; key?: string }, value: undefined];
  /** What axe has to say against the page, a line each. */
  'panel.accessibility': [params: object, value: string[]];
  'summary.waitFor': [params: Target, value: undefined];
  'summary.click': [params: Target, value: undefined];
  'summary.text': [params: { selector: string }, value: string[]];
  'summary.evaluate': [params: { expression: string }, value: unknown];
  'viewer.waitFor': [params: Target, value: undefined];
  'viewer.click': [params: Target, value: undefined];
  'viewer.fill': [params: Target & { value: string }, value: undefined];
  'workbench.waitFor': [params: Target, value: undefined];
  'workbench.click': [params: Target, value: undefined];
  'workbench.hover': [params: Target, value: undefined];
  'workbench.evaluate': [params: { expression: string }, value: unknown];
  'workbench.text': [params: { selector: string }, value: string[]];
  'workbench.press': [params: { keys: string }, value: undefined];
  'workbench.type': [params: { text: string }, value: undefined];
  /** In CSS pixels; `scale` is how many pixels of the device one is. */
  'workbench.resize': [params: { width: number; height: number; scale: number }, value: undefined];
  /** Gives the path of the picture. */
  screenshot: [params: { name: string }, value: string];
  /** Written to out/measured/NAME.json. */
  measured: [params: { name: string; figures: readonly MeasuredFigure[] }, value: undefined];
  /** Closes the window and opens it anew: nobody is there to be answered. */
  reopen: [params: object, value: undefined];
  report: [params: TestRecord, value: undefined];
  finished: [params: object, value: undefined];
}

export type Reply<T> = { ok: true; value: T } | { ok: false; error: string };
