import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Ink } from '../../../src/ink/ink';
import { boundsOf } from '../../../src/ink/rasterize';
import { linesOf, scrawl } from './scrawl';

const DRAWN = JSON.parse(
  readFileSync(path.join('test', 'fixtures', 'chars74k-writer.json'), 'utf8'),
) as Record<string, Ink>;

/** Real characters beside each other on one base line. */
function written(text: string): Ink {
  let x = 0;
  return [...text].flatMap((character) => {
    const ink = DRAWN[character] ?? [];
    const { left, right, bottom } = boundsOf(ink);
    const moved = ink.map((stroke) => stroke.map(([px, py]) => [px - left + x, py - bottom] as const));
    x += right - left + 40;
    return moved;
  });
}

describe('recognizing ink on the command line', function () {
  this.timeout(60_000);
  let folder: string;
  const file = (name: string) => path.join(folder, name);
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    const lines = ['A', 'e37'].map((id) => JSON.stringify({ id, strokes: written(id) }));
    await writeFile(file('ink.jsonl'), lines.join('\n'));
    await writeFile(file('words.txt'), 'e37\t3\ne31\n');
  });
  after(() => rm(folder, { recursive: true }));
  const read = (...args: string[]) => scrawl('recognize', '--ink', file('ink.jsonl'), ...args);
  const best = (line: Record<string, unknown> | undefined) =>
    (line?.['candidates'] as { text: string; probability: number }[])[0]?.text;

  it('tells by itself how many characters there are, and gives a line an input', async () => {
    const { code, stdout, stderr } = await read('--json', '--alphabet', 'alphanumeric');
    assert.equal(code, 0, stderr);
    const lines = linesOf(stdout);
    assert.deepEqual(lines.map(best), ['A', 'e37']);
    for (const line of lines) {
      assert.deepEqual(Object.keys(line), ['id', 'candidates', 'milliseconds']);
      assert.equal((line['candidates'] as unknown[]).length, 5);
    }
  });

  it('heeds text around, lexicon and language', async () => {
    const around = ['--context', 'const e37 = 1;\nlet x = ', '--after', ';\n', '--language', 'typescript'];
    const { stdout } = await read('--json', '--mode', 'line', '--lexicon', file('words.txt'), ...around);
    assert.equal(best(linesOf(stdout)[1]), 'e37');
  });

  it('reads InkML under any name and in any encoding, nested as OneNote writes it, and other JSON', async () => {
    const traces = written('A').map(
      (stroke) => `<i:trace>${stroke.map(([x, y]) => `${String(x)} ${String(y)}`).join(',')}</i:trace>`,
    );
    const text = `<i:ink xmlns:i="http://www.w3.org/2003/InkML"><i:traceGroup>${traces.join('')}</i:traceGroup></i:ink>`;
    const files: Record<string, Buffer> = {
      'a.INKML': Buffer.from(text),
      'b.inkml.gz': gzipSync(text),
      'c.xml': Buffer.from(`\uFEFF${text}`),
      'd.inkml': Buffer.from(`\uFEFF${text}`, 'utf16le'),
      'e.json': Buffer.from(
        JSON.stringify([
          { drawing: written('A').map((stroke) => [stroke.map(([x]) => x), stroke.map(([, y]) => y)]) },
        ]),
      ),
    };
    for (const [name, content] of Object.entries(files)) {
      await writeFile(file(name), content);
      const { stdout, stderr } = await scrawl(
        'recognize',
        '--ink',
        file(name),
        '--json',
        '--mode',
        'character',
      );
      assert.equal(best(linesOf(stdout)[0]), 'A', `${name}: ${stderr}`);
    }
  });

  it('reads one character where it is told to', async () => {
    const { stdout } = await read('--json', '--mode', 'character');
    for (const line of linesOf(stdout)) assert.equal(best(line)?.length, 1);
  });

  it('says what is wrong', async () => {
    const missing = await read('--lexicon', file('nothing.txt'));
    assert.deepEqual([missing.code, /^There is no lexicon at .*\.\n$/.test(missing.stderr)], [1, true]);
    await writeFile(file('bad.txt'), 'word\tmany\n');
    assert.equal((await read('--lexicon', file('bad.txt'))).code, 1);
    assert.equal((await read('--mode', 'page')).code, 2);
  });
});
