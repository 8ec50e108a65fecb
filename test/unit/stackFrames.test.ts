import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { foldedText, foldStack, headlineFrame } from '../../src/model/stackFrames';
import type { Frame, FrameOrigin } from '../../src/protocol/frames';

const ORIGINS: Readonly<Record<string, FrameOrigin>> = { u: 'user', l: 'library', n: 'node', v: 'native' };

/** One frame per letter: u(ser), l(ibrary), n(ode), v (native). */
function stack(letters: string): Frame[] {
  return Array.from(letters, (letter, index) => ({
    functionName: `${letter}${index}`,
    file: '/x.js',
    line: 1,
    column: 1,
    origin: ORIGINS[letter] ?? 'user',
  }));
}

/** Letters of the frames shown, with folded runs as their number. */
function folded(letters: string, kept?: number): string {
  const parts = foldStack(stack(letters), kept);
  return parts.map((part) => (part.kind === 'frame' ? part.frame.functionName.charAt(0) : `[${part.frames.length}]`)).join('');
}

describe('headlineFrame', () => {
  it('is the first frame of the user', () => assert.equal(headlineFrame(stack('nluu'))?.functionName, 'u2'));
  it('is the first frame when the user has none', () => assert.equal(headlineFrame(stack('nl'))?.functionName, 'n0'));
  it('is nothing without a stack', () => assert.equal(headlineFrame([]), undefined));
});

describe('foldedText', () => {
  it('says what is Node’s', () => assert.equal(foldedText(stack('nnn')), '3 frames of Node.js'));
  it('counts the rest', () => assert.equal(foldedText(stack('nl')), '2 more frames'));
});

describe('foldStack', () => {
  it('folds what Node wrote', () => assert.equal(folded('nnnuunnlnv'), '[3]uu[2]lnv'));
  it('shows ten frames of others', () => assert.equal(folded('nnllllllllluvlll'), '[2]lllllllllu[4]'));
  it('shows ten frames of Node’s when there are no others', () => assert.equal(folded('nnnnnnnnvnnnn'), 'nnnnnnnnvn[3]'));
  it('shows frames of the user between folded runs', () => assert.equal(folded('unnllunnn', 1), 'u[4]u[3]'));
  it('does not fold a single frame', () => assert.equal(folded('unu', 1), 'unu'));
  it('keeps every frame and their order', () => {
    const frames = stack('unlulnnvluunn');
    const all = foldStack(frames, 2).flatMap((part) => (part.kind === 'frame' ? [part.frame] : part.frames));
    assert.deepEqual(all, frames);
  });
});
