/** How long the frames of the panel's page take while it scrolls. */
import * as vscode from 'vscode';
import { panel } from './driver';
import type { MeasuredFigure } from './driverProtocol';
import { median } from './measured';

/** All in milliseconds. */
export interface Frames {
  /** From one frame to the next. */
  readonly intervals: number[];
  /** From the begin of a frame's work, which is to hear of the scrolling, to the task after it has been laid out. */
  readonly work: number[];
  /**
   * Tasks over 50 ms between frames, by the page's own timeline: messages, garbage collection. Of a frame in which a webview has been
   * scrolled Chromium 156 tells no long task, however long it was, so that those show in `work` alone.
   */
  readonly long: number[];
}

/** As high as some screens. */
const PLAIN_LINES = 500;

/**
 * An expression that scrolls the page with every frame and gives what each frame took. It scrolls between frames, as a wheel does:
 * the page learns of it as the next frame begins, before anything is drawn in it.
 */
const scrolled = (milliseconds: number, pixels: number) => `new Promise((resolve) => {
  const intervals = [], work = [], long = [];
  const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  const begin = performance.now();
  let last = begin, direction = 1, heard = null;
  const hear = () => (heard ??= performance.now());
  addEventListener('scroll', hear, { capture: true });
  const frame = (now) => {
    const started = hear();
    heard = null;
    intervals.push(now - last);
    last = now;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      work.push(performance.now() - started);
      if (scrollY + innerHeight >= document.documentElement.scrollHeight - 2) direction = -1;
      if (scrollY === 0) direction = 1;
      scrollBy(0, direction * ${pixels});
    };
    channel.port2.postMessage(null);
    if (now - begin < ${milliseconds}) requestAnimationFrame(frame);
    else setTimeout(() => { observer.disconnect(); removeEventListener('scroll', hear, { capture: true }); resolve({ intervals: intervals.slice(1), work, long }); }, 50);
  };
  requestAnimationFrame(frame);
})`;

/** Scrolls the panel's page down, and up again from its end. @param pixels With each frame. */
export async function scrolledFrames(milliseconds: number, pixels: number): Promise<Frames> {
  return (await panel.evaluate(scrolled(milliseconds, pixels))) as Frames;
}

/** The same of a page of plain lines without any work of its own: what VS Code, the browser and the machine take for a frame. */
export async function plainFrames(milliseconds: number, pixels: number): Promise<Frames> {
  const page = vscode.window.createWebviewPanel('plain', 'Plain', vscode.ViewColumn.Active, { enableScripts: true });
  const scrolledThrough = new Promise<Frames>((resolve) => page.webview.onDidReceiveMessage(resolve));
  const lines = Array.from({ length: PLAIN_LINES }, (_, line) => `<div>${line}</div>`).join('');
  page.webview.html = `<!DOCTYPE html><html><body>${lines}<script>${scrolled(milliseconds, pixels)}.then(acquireVsCodeApi().postMessage)</script></body></html>`;
  const frames = await scrolledThrough;
  page.dispose();
  return frames;
}

/**
 * @param subject What was scrolled through.
 * @param rounds "None over 50 ms" is meant of all of them, so that is what the limits are for; each round's longest is told besides:
 *   one other program at work for a moment makes two frames lie 100 ms apart, of a page of plain lines too.
 * @param isLimited Whether it is ours.
 */
export function frameFigures(subject: string, rounds: readonly Frames[], isLimited: boolean): MeasuredFigure[] {
  const limit = (value: number) => (isLimited ? value : null);
  const longest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), 0);
  const intervals = rounds.map((round) => round.intervals);
  const work = rounds.map((round) => round.work);
  return [
    // The browser tells tenths: 60 frames a second are 16.6 or 16.7 each.
    { subject, figure: 'frame to frame, median', unit: 'ms', samples: [Math.round(median(intervals.flat()) * 10) / 10], limit: limit(16.7) },
    { subject, figure: 'frame to frame, longest', unit: 'ms', samples: [longest(intervals.flat())], limit: limit(50) },
    { subject, figure: 'longest of each round', unit: 'ms', samples: intervals.map(longest), limit: null },
    { subject, figure: 'frames over 50 ms apart', unit: 'count', samples: [intervals.flat().filter((interval) => interval > 50).length], limit: null },
    // What the page itself takes of a frame: the rest is the browser's, and what other processes leave of the processors.
    { subject, figure: 'work of a frame, median', unit: 'ms', samples: [median(work.flat())], limit: limit(16) },
    { subject, figure: 'work of a frame, longest', unit: 'ms', samples: [longest(work.flat())], limit: limit(50) },
    { subject, figure: 'tasks over 50 ms between frames', unit: 'count', samples: [rounds.reduce((sum, { long }) => sum + long.length, 0)], limit: limit(0) },
  ];
}
