import assert from 'node:assert/strict';
import diagnosticsChannel from 'node:diagnostics_channel';
import { describe, it } from 'mocha';
import { Channels } from '../../src/collector/channels';
import { HookFailures } from '../../src/collector/stackRoom';

const CHANNEL = 'bifrost.test.channel';

describe('Channels', () => {
  const heard: unknown[] = [];
  const failures: unknown[] = [];
  const recurse = (): number => recurse() + 1;
  const hear = (message: unknown) => {
    if (message === 'bad') throw new Error('not understood');
    if (message === 'endless') recurse();
    heard.push(message);
  };

  it('keeps what a subscriber throws out of the program, and tells it, but for a stack that overflowed', () => {
    const channels = new Channels({ [CHANNEL]: hear }, new HookFailures((error) => failures.push(String(error))));
    channels.subscribe();
    for (const message of ['good', 'bad', 'endless', 'good again']) diagnosticsChannel.channel(CHANNEL).publish(message);
    channels.unsubscribe();
    assert.deepEqual(heard, ['good', 'good again']);
    assert.deepEqual(failures, ['Error: not understood']);
  });

  it('leaves no subscriber behind', () => assert.equal(diagnosticsChannel.hasSubscribers(CHANNEL), false));
});
