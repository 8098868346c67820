import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { readCharacterModel, writeCharacterModel } from '../../../src/language/characterModelFile';
import { GramCounter } from '../../../src/language/gramCounter';
import { characterModelOf } from '../../../src/language/wittenBell';
import { bitsPerCharacter } from '../../../tools/language/bitsPerCharacter';
import { CorpusBuilder } from '../../../tools/language/corpus';
import { proseLines } from '../../../tools/language/proseLines';
import { prunedTo } from '../../../tools/language/prune';
import { SOURCES, type Source } from '../../../tools/language/sources';
import { filesOf } from '../../../tools/language/tarball';
import { wordLines } from '../../../tools/language/wordLines';

const LINES = Array.from({ length: 200 }, (_, i) => `const value${i % 7} = other${(i * 3) % 11}(${i});`);

function counted() {
  const counter = new GramCounter(5);
  for (const line of LINES) counter.addLine(line);
  return counter.count();
}

describe('counting the language', () => {
  it('leaves out first what matters least, to the size that is asked for', () => {
    const full = writeCharacterModel(prunedTo(1e6, counted())).length;
    const half = writeCharacterModel(prunedTo(full / 2, counted()));
    assert.ok(half.length <= full / 2 && half.length > full / 2 - 200, `${half.length} of ${full}`);
    assert.deepEqual(half, writeCharacterModel(prunedTo(full / 2, counted())));
    const exact = bitsPerCharacter(characterModelOf(counted()), LINES);
    const bits = bitsPerCharacter(readCharacterModel(half, 'half'), LINES);
    assert.ok(bits < exact * 1.1, `${bits} instead of ${exact}`);
  });

  it('reads the files of an npm tarball', () => {
    const long = `package/${'deep/'.repeat(30)}file.js`;
    const tarball = gzipSync(
      Buffer.concat([
        entry('package/b.txt', 'b'.repeat(600), '0'),
        entry('package', '', '5'),
        entry('PaxHeader', `${`path=${long}\n`.length + 4} path=${long}\n`, 'x'),
        entry('short', 'long', '0'),
        entry('package/a.txt', 'ä', '0'),
        Buffer.alloc(1024),
      ]),
    );
    assert.deepEqual(
      [...filesOf(tarball)].map(([name, content]) => [name, content.toString('utf8')]),
      [
        ['a.txt', 'ä'],
        ['b.txt', 'b'.repeat(600)],
        [`${'deep/'.repeat(30)}file.js`, 'long'],
      ],
    );
  });

  it('takes lines of code as they are written, none too often', () => {
    const source: Source = {
      name: 'some',
      version: '1.0.0',
      integrity: '',
      license: 'MIT',
      parts: [{ kind: 'code', files: /\.c$/, thousands: 10 }],
    };
    const builder = new CorpusBuilder();
    builder.add(
      source,
      new Map([
        ['b.c', Buffer.from('  int  x;\n'.repeat(100))],
        ['b.md', Buffer.from('Hello')],
      ]),
    );
    assert.equal(builder.code.counted.filter((line) => line === 'int x;').length, 25);
    assert.equal(builder.prose.counted.length, 0);
  });

  it('breaks prose into lines and leaves code and marks out of pages', () => {
    const page =
      '# Title\n\nSome *words* and a [link](http://x) to read.\n```js\nThis is code();\n```\n| A | table |\n';
    assert.deepEqual([...proseLines(page, true)], ['Some words and a link to read.']);
    const lines = [...proseLines('word '.repeat(100), false)].filter((line) => line === line.toLowerCase());
    assert.equal(lines.join(' '), 'word '.repeat(100).trim());
    assert.ok(lines.every((line) => line.length <= 84));
  });

  it('counts common words more often', () => {
    const times = (name: string) => [...wordLines('["hut"]', name)].filter((word) => word === 'hut').length;
    assert.ok(times('english-words-10.json') > times('english-words-35.json'));
    assert.equal(times('english-words-70.json'), 1);
  });

  it('has a license and a checksum for every package', () => {
    for (const { name, license, integrity, version } of SOURCES) {
      assert.match(integrity, /^sha512-/, name);
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
      assert.doesNotMatch(license, /GPL|NC/, name);
    }
  });
});

function entry(name: string, text: string, type: string): Buffer {
  const content = Buffer.from(text);
  const header = Buffer.alloc(512);
  header.write(name.slice(0, 100), 0);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write(type, 156);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}
