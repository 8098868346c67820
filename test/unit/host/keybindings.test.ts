import assert from 'node:assert/strict';
import { Command, ContextKey } from '../../../src/host/shell/names';
import manifest from '../../../package.json';

/**
 * What VS Code 1.139 itself binds after Ctrl+K (Cmd+K on macOS) on any platform, its own extensions included;
 * `mod` is Ctrl, or Cmd on macOS. Taken from the numbers of the KeyChord calls in its workbench, from the
 * manifests of its extensions, and, for what only desktop VS Code has, from its documentation.
 */
const TAKEN_AFTER_MOD_K = new Set(
  `c d e f i l m n o p q r s t u v w x y z
  f2 f12 enter up down left right shift+enter shift+n shift+o
  mod+a mod+b mod+c mod+d mod+e mod+f mod+g mod+h mod+i mod+j mod+k mod+l mod+m mod+n mod+o mod+p mod+q mod+r
  mod+s mod+t mod+u mod+v mod+w mod+x mod+y mod+z
  mod+0 mod+1 mod+2 mod+3 mod+4 mod+5 mod+6 mod+7 mod+8 mod+9
  mod+, mod+- mod+. mod+/ mod+= mod+[ mod+\\ mod+] mod+shift+\\ mod+f12 mod+pageup mod+pagedown
  mod+up mod+down mod+left mod+right mod+shift+left mod+shift+right
  mod+alt+c mod+alt+s mod+alt+up mod+alt+down mod+alt+left mod+alt+right
  mod+shift+c mod+shift+l mod+shift+n mod+shift+s mod+shift+w mod+shift+alt+c`.split(/\s+/),
);

interface Keybinding {
  command: string;
  key: string;
  mac?: string;
  when?: string;
}

const keybindings: Keybinding[] = manifest.contributes.keybindings;
const everywhere = keybindings.filter(({ when }) => when === undefined);

/** Where the chord that opens the pad says also that its text goes there. */
const PLACES: Record<string, string> = {
  [Command.writeInTerminal]: 'terminalFocus',
  [Command.writeMessage]: 'scmRepository',
};

describe('keybindings', () => {
  it('are chords that VS Code leaves free, or hold on the pad only', () => {
    for (const { command, key, when } of keybindings) {
      const place = PLACES[command];
      if (place !== undefined) {
        assert.equal(when, place);
        assert.equal(key, everywhere.find((other) => other.command === Command.openPad)?.key);
        continue;
      }
      if (when !== undefined) {
        assert.equal(when, ContextKey.padFocused, command);
        continue;
      }
      const [first, second = '', ...more] = key.split(' ');
      assert.equal(first, 'ctrl+k', command);
      assert.deepEqual(more, [], command);
      assert.ok(
        second && !TAKEN_AFTER_MOD_K.has(second.replace('ctrl', 'mod')),
        `${command}: ${key} is taken`,
      );
    }
  });

  it('are the same on macOS, with Cmd', () => {
    for (const { key, mac } of keybindings) {
      if (mac !== undefined) assert.equal(mac, key.replaceAll('ctrl', 'cmd'));
      else assert.equal(key, 'ctrl+y', 'which macOS does not use for redo');
    }
  });

  it('need no Alt, which is AltGr with Ctrl and types characters', () => {
    for (const { key } of keybindings) assert.ok(!key.includes('alt'), key);
  });

  it('are each of one command', () => {
    const keys = everywhere.map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length);
  });
});
