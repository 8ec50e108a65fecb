import type { Milliseconds } from '../../protocol/units';
import { errorText } from './errorText';

/** The result of `work`, or a rejection with `late()` when it takes longer; what comes then is dropped. */
export function withTimeout<T>(work: PromiseLike<T>, timeout: Milliseconds, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), timeout);
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(errorText(error)));
      },
    );
  });
}
