import assert from 'node:assert/strict';
import { shown } from '../../../src/cli/output';

describe('what the command line prints', () => {
  it('holds nothing that a terminal obeys', () => {
    assert.equal(shown('a \u001b[2J\u009b31m\r name'), 'a \\u001b[2J\\u009b31m\\u000d name');
    assert.equal(shown('turned \u202egnp.exe'), 'turned \\u202egnp.exe');
  });

  it('stays as it is otherwise, whatever its writing, lines and tabs', () => {
    const text = 'é λ 👩‍🔬 e\u0301\t1\n2';
    assert.equal(shown(text), text);
  });

  it('says the same where it is JSON', () => {
    const value = { label: '\u001b[0m \u0085 \u2067', of: ['\n'] };
    assert.deepEqual(JSON.parse(shown(JSON.stringify(value))), value);
  });
});
