import assert from 'node:assert/strict';
import { typstNames } from '../../../tools/symbolSpellings/typstNames';

describe("Typst's names of characters", () => {
  it('are read with their modifiers, and without those that go away', () => {
    const names = typstNames(
      [
        '// Arrows.',
        'arrow',
        '  .r →',
        '  .r.long ⟶',
        'gt >',
        '  @deprecated: use another',
        '  .tri ⊳',
        'nbsp \\u{A0}',
        'gamma γ\\vs{text}',
      ].join('\n'),
    );
    assert.deepEqual(
      [...names],
      [
        ['→', ['arrow.r']],
        ['⟶', ['arrow.r.long']],
        ['>', ['gt']],
        ['\u00a0', ['nbsp']],
        ['γ', ['gamma']],
      ],
    );
  });
});
