import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { QuestionQueue } from '../../src/host/session/questionQueue';

function newQueue() {
  const heard: string[] = [];
  return { heard, queue: new QuestionQueue(30, () => heard.push('busy'), () => heard.push('answered')) };
}

describe('QuestionQueue', () => {
  it('asks one question at a time, in the order they came', async () => {
    const { heard, queue } = newQueue();
    const ask = (name: string) =>
      queue.ask(async () => {
        heard.push(`${name} asked`);
        await new Promise(setImmediate);
        return name;
      });
    assert.deepEqual(await Promise.all([ask('a'), ask('b')]), ['a', 'b']);
    assert.deepEqual(heard, ['a asked', 'answered', 'b asked', 'answered']);
  });

  it('goes on after a question that failed', async () => {
    const { heard, queue } = newQueue();
    const failed = queue.ask(() => Promise.reject(new Error('No.')));
    const next = queue.ask(() => Promise.resolve(7));
    await assert.rejects(failed, { message: 'No.' });
    assert.deepEqual([await next, heard], [7, ['answered', 'answered']]);
  });

  it('tells that the program is busy when an answer takes long', async () => {
    const { heard, queue } = newQueue();
    await queue.ask(() => new Promise((resolve) => setTimeout(resolve, 60)));
    assert.deepEqual(heard, ['busy', 'answered']);
  });
});
