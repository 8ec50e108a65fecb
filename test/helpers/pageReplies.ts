/** A page, and a page's worker, that answer as a real browser did: `test/fixtures/pages/record.mjs` recorded it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { result, type CdpRequest } from './cdpServer';
import { ROOT } from './program';

interface Answer {
  readonly method: string;
  /** Tells evaluations apart. */
  readonly name?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export interface RecordedBrowser {
  readonly browser: string;
  readonly page: readonly Answer[];
  readonly worker: readonly Answer[];
  readonly events: readonly { readonly method: string; readonly params: unknown }[];
}

export const RECORDED = JSON.parse(readFileSync(path.join(ROOT, 'test', 'fixtures', 'pages', 'recorded.json'), 'utf8')) as RecordedBrowser;

/** The name of what a request evaluates, as in the recording. */
export function evaluationOf({ params }: CdpRequest): string {
  const expression = String(params?.expression);
  return expression.includes('jsHeapSizeLimit') ? 'limit' : expression.includes('WorkerGlobalScope') ? 'isNode' : 'other';
}

/**
 * Gives the answers of each kind in the order in which they were recorded, the last one again and again; to the question for a
 * profile the refusal while nobody samples.
 */
export function recordedPage(answers: readonly Answer[] = RECORDED.page): (request: CdpRequest) => string {
  const given = new Map<string, number>();
  let isSampling = false;
  return (request) => {
    const { id, method } = request;
    const name = method === 'Runtime.evaluate' ? evaluationOf(request) : undefined;
    if (method === 'HeapProfiler.startSampling') isSampling = true;
    if (method === 'HeapProfiler.stopSampling') isSampling = false;
    const fitting = answers.filter((answer) => answer.method === method && answer.name === name && (method !== 'HeapProfiler.getSamplingProfile' || isSampling === (answer.error === undefined)));
    const key = `${method} ${name ?? ''}`;
    const index = given.get(key) ?? 0;
    given.set(key, index + 1);
    const answer = fitting[Math.min(index, fitting.length - 1)];
    if (answer?.error) return JSON.stringify({ id, error: answer.error });
    // js-debug's own commands, and what has nothing to say.
    return result(request, answer?.result ?? {});
  };
}
