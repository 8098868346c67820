import assert from 'node:assert/strict';
import type { ShownReading } from '../../src/protocol/pages/pad';
import { inBrowser } from './inBrowser';
import { LETTER_A, PadPage, type PadPageOptions, reading } from './padPage';

/** A symbol as the host sends it, read from all of three strokes. */
function symbol(text: string, command: string, probability: number, from?: string): ShownReading {
  const more = [
    `name of ${command}`,
    from === undefined ? 'LaTeX, in formulas' : `package ${from}, in formulas`,
  ];
  return {
    ...reading(text, probability, { symbol: command }),
    alignment: [[0, 1, 2].map((stroke) => ({ stroke, from: 0, to: 0 }))],
    about: { command, ...(from !== undefined && { from }), more },
  };
}

const SYMBOLS = [
  symbol('∯', '\\oiint', 0.7, 'esint'),
  symbol('𝒜', '\\mathcal{A}', 0.1),
  symbol('𝒜', '\\mathscr{A}', 0.08, 'mathrsfs'),
  symbol('\\ataribox', '\\ataribox', 0.06),
  symbol('∑', '\\sum', 0.02),
];
const EVERYTHING = [symbol('α', '\\alpha', 0.5), reading('a', 0.4), reading('ab', 0.1)];

describe('symbols on the pad', () => {
  let pad: PadPage;
  const openPage = inBrowser((browser, options?: PadPageOptions) => PadPage.open(browser, options));

  async function open(options?: PadPageOptions): Promise<void> {
    pad = await openPage({
      ...options,
      settings: { alphabet: 'symbols', ...options?.settings },
    });
  }

  async function read(readings: ShownReading[] = SYMBOLS): Promise<void> {
    await pad.draw(LETTER_A);
    await pad.read(readings);
  }

  const candidate = (index: number) => pad.page.locator('.candidate').nth(index);

  it('are chosen at the alphabet, alone or with the characters', async () => {
    await open();
    const select = pad.page.locator('vscode-single-select');
    const options = await select.locator('vscode-option').allTextContents();
    assert.deepEqual(options.map((each) => each.trim()).slice(-4), [
      'Punctuation',
      'Symbols',
      'Everything',
      'Custom',
    ]);
  });

  for (const width of [260, 600]) {
    it(`show what they look like, their command and their package, ${width} px wide`, async () => {
      await open({ width });
      await read();
      assert.equal(await candidate(0).locator('.text').textContent(), '∯');
      assert.equal(await candidate(0).locator('.command').textContent(), '\\oiint');
      assert.equal(await candidate(0).locator('.package').textContent(), 'esint');
      assert.equal(await candidate(0).locator('.probability').textContent(), '70%');
      for (const part of ['.text', '.command', '.package', '.probability']) {
        const [inner, outer] = [await pad.box(`.candidate ${part}`), await pad.box('.candidate')];
        assert.ok(inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height + 1, part);
        assert.ok(inner.x >= outer.x && inner.x + inner.width <= outer.x + outer.width + 1, part);
      }
      // its command is what a symbol without a character looks like
      assert.equal(await candidate(3).locator('.text').textContent(), '\\ataribox');
      assert.equal(await candidate(3).locator('.command').textContent(), '');
    });
  }

  it('say more on hovering, and to who cannot see them', async () => {
    await open();
    await read();
    const title = await candidate(0).getAttribute('title');
    assert.match(
      title ?? '',
      /^Insert ∯ \(Enter or 1\), 70%\n\\oiint\nname of \\oiint\npackage esint, in formulas$/,
    );
    assert.equal(await candidate(0).getAttribute('aria-label'), 'Insert ∯ \\oiint esint, 70%');
  });

  it('are inserted by their command, and tell look-alikes of one character apart', async () => {
    await open();
    await read();
    assert.deepEqual((await pad.sentOf('preview')).at(-1), { type: 'preview', text: '∯', symbol: '\\oiint' });
    await pad.page.keyboard.press('2');
    const [insert] = await pad.sentOf('insert');
    assert.equal(insert?.text, '𝒜');
    assert.equal(insert.symbol, '\\mathcal{A}');
    await pad.tell({ type: 'inserted', id: insert.id, text: '𝒜', symbol: '\\mathcal{A}' });
    assert.match((await candidate(1).getAttribute('aria-label')) ?? '', /^Inserted 𝒜/);
    await candidate(2).click();
    const [other] = await pad.sentOf('replaceInserted');
    assert.equal(other?.symbol, '\\mathscr{A}');
  });

  it('are one character of the reading, whatever the length of their text', async () => {
    await open();
    await read(SYMBOLS.slice(3, 4));
    assert.deepEqual(await pad.page.locator('.letter').allTextContents(), ['\\ataribox']);
    await pad.page.locator('.letter').click();
    const [asked] = await pad.sentOf('alternatives');
    assert.equal(asked?.at, 0);
    await pad.tell({ type: 'alternatives', id: asked.id, at: 0, readings: SYMBOLS.slice(3) });
    assert.deepEqual(await pad.page.locator('.alternative .text').allTextContents(), ['\\ataribox', '∑']);
    await pad.page.locator('.alternative').nth(1).click();
    await pad.page.keyboard.press('Enter');
    assert.equal((await pad.sentOf('insert'))[0]?.symbol, '\\sum');
  });

  it('stand in one row with characters and texts', async () => {
    await open({ settings: { alphabet: 'everything' } });
    await read(EVERYTHING);
    assert.deepEqual(await pad.page.locator('.candidate .text').allTextContents(), ['α', 'a', 'ab']);
    assert.equal(await candidate(0).locator('.command').textContent(), '\\alpha');
    await pad.page.keyboard.press('2');
    const [insert] = await pad.sentOf('insert');
    assert.equal(insert?.text, 'a');
    assert.equal(insert.symbol, undefined);
  });

  it('are kept as one symbol', async () => {
    await open();
    const own = { ...reading(':=', 0.9, { isOwn: true }), alignment: [[]] };
    await read([own]);
    await pad.page.getByRole('button', { name: 'Keep as sample' }).click();
    const [keep] = await pad.sentOf('keep');
    assert.equal(keep?.suggestion, ':=');
    assert.equal(keep.isSymbol, true);
    await pad.page.keyboard.press('Alt+1');
    const [teach] = await pad.sentOf('teach');
    assert.equal(teach?.label, ':=');
    assert.equal(teach.isSymbol, true);
  });

  it('are looked for where the pad is not sure', async () => {
    await open();
    await read(SYMBOLS.map((each) => ({ ...each, probability: 0.2 })));
    await pad.page.getByRole('button', { name: 'Find the symbol' }).click();
    assert.equal((await pad.sentOf('pickFromAlphabet'))[0]?.of, 'symbols');
  });

  it('are found by the host, with the ink that they stand for', async () => {
    await open();
    await read();
    await pad.tell({ type: 'command', command: 'findSymbol' });
    const [pick] = await pad.sentOf('pickFromAlphabet');
    assert.equal(pick?.of, 'symbols');
    assert.equal(pick.correction?.ink.length, 3);
    await pad.tell({ type: 'inserted', id: pick.id, text: 'α', symbol: '\\alpha' });
    assert.equal(await pad.page.getByRole('status').textContent(), 'Inserted α');
  });
});
