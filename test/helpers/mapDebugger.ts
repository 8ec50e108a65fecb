/** A debugger that is asked where frames are in the source. */
import type { AskDebugger } from '../../src/host/session/sourceMapper';
import type { RawFrame } from '../../src/protocol/frames';

/** What the debugger is asked. */
export type Question = Parameters<AskDebugger>[0];

/** Long enough for every answer, in milliseconds. */
export const LONG = 5_000;

/** A frame as the program runs it. */
export function raw(url: string, line = 10, column = 5, functionName = 'run'): RawFrame {
  return { functionName, url, line, column };
}

/** A debugger that keeps a record of its questions, and answers by `answer`, or echoes, as js-debug does for what has no map. */
export class Debugger {
  readonly asked: Question[] = [];
  most = 0;
  answer: (question: Question) => unknown = (question) => question;
  #underWay = 0;

  readonly ask: AskDebugger = async (question) => {
    this.asked.push(question);
    this.#underWay++;
    this.most = Math.max(this.most, this.#underWay);
    try {
      return await this.answer(question);
    } finally {
      this.#underWay--;
    }
  };
}

/** A map from `/out/NAME.js` to `/src/NAME.ts`, 100 lines up. */
export function toSource({ source, line, column }: Question): unknown {
  return { source: { path: source.path.replace('/out/', '/src/').replace('.js', '.ts'), name: 'a.ts' }, line: line + 100, column: column + 1 };
}
