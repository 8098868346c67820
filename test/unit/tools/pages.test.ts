import assert from 'node:assert/strict';
import path from 'node:path';
import { Random } from '../../../src/base/random';
import { readPage } from '../../../src/pictures/page/readPage';
import { inkOfPage, segmentPage } from '../../../src/pictures/page/segment';
import { indentationOf } from '../../../src/pictures/page/indentation';
import { smallestOf } from '../../../src/base/vectors';
import { readUnipen } from '../../../tools/lines/written';
import { composePage, pageComposer } from '../../../tools/pages/compose';
import { PageTexts } from '../../../tools/pages/texts';
import { sharedFile } from '../shared';

const TEXT = 'for i in x:\n    if i:\n        go(i)\nend()';

describe('composed pages of code', () => {
  it('are the same for the same seed, and have their lines and levels', async function () {
    const file = sharedFile(this, 'ink', path.join('unipen', 'characters.jsonl.gz'));
    const composer = pageComposer((await readUnipen(file, false)).dev);
    const compose = (seed: number) =>
      composePage(composer, { language: 'python', text: TEXT }, Random.of(seed, 0, 0));
    const page = await compose(3);
    assert.ok(page);
    assert.deepEqual(page.jpeg, (await compose(3))?.jpeg);
    assert.notDeepEqual(page.jpeg, (await compose(4))?.jpeg);

    const { width, height, gray: pixels } = await readPage(page.jpeg, 'page.jpg');
    const { lines, height: usual } = segmentPage(inkOfPage({ width, height, pixels }, {}));
    const lefts = lines.map(({ fragments }) => smallestOf(fragments.map(({ left }) => left)));
    assert.deepEqual(indentationOf(lefts, usual), [0, 1, 2, 0]);
  });

  it('say what people write: four blanks a level, no line longer than a page is wide', async () => {
    const texts = await PageTexts.read('node_modules');
    for (let page = 0; page < 20; page++) {
      const { language, text } = texts.draw(page, Random.of(1, page, 0));
      assert.equal(language, page % 2 === 0 ? 'python' : 'javascript');
      for (const line of text.split('\n')) {
        assert.ok(line.trim().length <= 44, line);
        assert.equal((line.length - line.trimStart().length) % 4, 0, line);
      }
    }
  });
});
