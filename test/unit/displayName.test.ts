import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { choiceText, displayName, messageText, NAME_LIMIT, visibleText } from '../../src/model/displayName';

describe('visibleText', () => {
  it('leaves names of all languages and emoji alone', () => {
    for (const name of ['handleRequest', 'größe', '処理する', 'обработать', '🚀launch', 'Layer.handle [as handle_request]', '<b>&amp;</b>']) {
      assert.equal(visibleText(name, 100), name);
    }
  });

  it('writes control, bidi and zero-width characters out', () => {
    assert.equal(visibleText('a\u0000b\nc\td\u001b[31m', 100), 'a\\u{0}b\\u{a}c\\u{9}d\\u{1b}[31m');
    assert.equal(visibleText('\u202egnp.exe\u202c', 100), '\\u{202e}gnp.exe\\u{202c}');
    assert.equal(visibleText('\u2066x\u2069\u200b\ufeff\u00ad', 100), '\\u{2066}x\\u{2069}\\u{200b}\\u{feff}\\u{ad}');
    assert.equal(visibleText('a\u2028b\u2029', 100), 'a\\u{2028}b\\u{2029}');
    assert.equal(visibleText('\u{e0041}\u3164', 100), '\\u{e0041}\\u{3164}');
  });

  it('writes half a surrogate pair out', () => assert.equal(visibleText('a\ud83db', 100), 'a\\u{d83d}b'));

  it('limits marks stacked on one letter', () => {
    assert.equal(visibleText(`z${'\u0301'.repeat(50)}algo`, 200), `z${'\u0301'.repeat(4)}algo`);
  });

  it('cuts to the limit, in whole characters, with an ellipsis', () => {
    assert.equal(visibleText('abcdef', 6), 'abcdef');
    assert.equal(visibleText('abcdefg', 6), 'abcde…');
    assert.equal(visibleText('🚀🚀🚀🚀', 3), '🚀🚀…');
    assert.equal(Array.from(visibleText('\u202e'.repeat(1000), 50)).length, 50);
  });

  it('says so when the cut was made before characters fell away', () => {
    assert.equal(visibleText(`a${'\u0301'.repeat(500)}b`, 50), `a${'\u0301'.repeat(4)}…`);
  });

  it('costs little for a name of ten megabytes', () => {
    const name = '\u202e'.repeat(10_000_000);
    // The best of some: another process may take the CPU in between.
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      visibleText(name, NAME_LIMIT);
      return performance.now() - start;
    });
    assert.ok(Math.min(...times) < 100, `It took ${times.join(', ')} ms.`);
  });
});

describe('displayName', () => {
  it('names what has no name', () => assert.equal(displayName(''), '(anonymous)'));
  it('cuts long names', () => assert.equal(displayName('x'.repeat(300)).length, NAME_LIMIT));
});

describe('messageText', () => {
  it('leaves no link that the editor would make', () => {
    assert.equal(messageText('[free](command:workbench.action.quit) [a](https://b.c "d")'), '[free] (command:workbench.action.quit) [a] (https://b.c "d")');
    assert.equal(messageText('handlers[3](request)'), 'handlers[3] (request)');
    assert.equal(messageText('line\nbreak'), 'line\\u{a}break');
  });
});

describe('choiceText', () => {
  it('leaves no icon that the editor would draw', () => {
    assert.equal(choiceText('$(error) $(sync~spin) $(no icon) $x'), '\\$(error) \\$(sync~spin) $(no icon) $x');
  });
});
