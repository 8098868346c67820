import assert from 'node:assert/strict';
import { until } from '../harness/until';
import { inBrowser } from './inBrowser';
import { LineEvaluationPage, type LineEvaluationPageOptions } from './lineEvaluationPage';
import { THEMES, type Theme } from './themes';

describe('evaluation of lines', () => {
  let view: LineEvaluationPage;
  const openPage = inBrowser((browser, options?: LineEvaluationPageOptions) =>
    LineEvaluationPage.open(browser, options),
  );

  async function open(options?: LineEvaluationPageOptions): Promise<void> {
    view = await openPage(options);
    await view.page.locator('.line').first().waitFor();
  }

  it('shows the figures with their intervals, blanks ignored and counted', async () => {
    await open();
    const text = (await view.page.locator('.scores').innerText()).replace(/\s+/g, ' ');
    assert.match(text, /CER \d+\.\d% \d+\.\d% to \d+\.\d% \d+\.\d% \d+\.\d% to/);
    assert.match(text, /WER .* Exact 20\.0%/);
    assert.match(await view.page.locator('header .about').innerText(), /greedy: 60 lines, 48 read wrongly/);
  });

  it('has what was left out in a column and what was added in a row, and lists the lines of a cell', async () => {
    await open();
    const cell = (name: string) => view.page.getByRole('grid').getByRole('button', { name });
    await cell('_ left out: 12 times').waitFor();
    await cell('{ read where nothing is: 12 times').click();
    const confusion = { kind: 'confusion', answer: '{' };
    assert.deepEqual((await view.sentOf('view')).at(-1)?.view, { blanks: 'ignored', filter: confusion });
    await until('the lines', async () => (await view.page.locator('.line').count()) === 12);
    assert.equal(await cell('{ read where nothing is').getAttribute('aria-pressed'), 'true');
    await cell('{ read where nothing is').click();
    await until('all lines', async () => (await view.page.locator('.line').count()) === 25);
  });

  it('says how each writer is read, the worst first, and lists the lines of one', async () => {
    // five texts in turn, of which the fourth is read right
    await open({ writers: ['Ann', 'Ann', 'Ann', 'Bob', 'Eve'] });
    const writers = view.page.getByRole('region', { name: 'Writers' });
    assert.deepEqual(await writers.locator('tbody .name').allInnerTexts(), ['Eve', 'Ann', 'Bob']);
    assert.equal(await writers.locator('tbody td').first().innerText(), '12');
    await writers.getByRole('button', { name: 'What is read wrongly of Eve' }).click();
    assert.deepEqual((await view.sentOf('view')).at(-1)?.view, {
      blanks: 'ignored',
      filter: { kind: 'writer', name: 'Eve' },
    });
    await view.page.getByRole('button', { name: 'Read wrongly of Eve', exact: true }).click();
    assert.deepEqual((await view.sentOf('view')).at(-1)?.view.filter, { kind: 'wrong' });
  });

  it('is walked by arrows, in the table from cell to cell and in the list over pages', async () => {
    await open();
    await view.page.locator('.cell[tabindex="0"]').focus();
    const first = await view.focused();
    await view.press('ArrowDown');
    assert.notEqual(await view.focused(), first);
    await view.press('ArrowUp');
    assert.equal(await view.focused(), first);

    await view.page.locator('.line[tabindex="0"]').focus();
    assert.match((await view.focused()) ?? '', /^.*, read as .*; \d errors: .* read as/);
    await view.press('End', 'ArrowDown');
    await until('the next page', async () =>
      (await view.page.locator('.pager').innerText()).includes('26 to 48 of 48'),
    );
    await until('the keyboard', async () => (await view.focused()) !== null);
    assert.equal(await view.page.locator('.line:focus').getAttribute('aria-posinset'), '26');
    await view.press('ArrowUp');
    await until(
      'back',
      async () => (await view.page.locator('.line:focus').getAttribute('aria-posinset')) === '25',
    );
  });

  it('corrects, excludes and restores the line that the keyboard is at, and undoes it', async () => {
    await open();
    await view.page.locator('.line').first().focus();
    await view.press('ArrowDown', 'Delete');
    await view.page.locator('.line.excluded').waitFor();
    const [excluded] = await view.sentOf('exclude');
    assert.deepEqual([excluded?.place, excluded?.excluded], [1, true]);
    await view.press('Enter');
    await view.page.locator('.mark', { hasText: 'corrected' }).waitFor();
    await view.press('u');
    await until('as stored', async () => (await view.page.locator('.mark').count()) === 0);
    await view.press('Delete');
    await view.page.locator('.line.excluded').waitFor();
    await view.press('Control+z');
    await until('undone', async () => (await view.page.locator('.line.excluded').count()) === 0);
    assert.equal(await view.page.locator('.line:focus').count(), 1, 'the keyboard stays at the line');
  });

  it('counts blanks where that is chosen', async () => {
    await open();
    await view.page.getByLabel('Blanks', { exact: true }).selectOption('counted');
    assert.equal((await view.sentOf('view')).at(-1)?.view.blanks, 'counted');
  });

  it('says what is another than was evaluated, and offers no change', async () => {
    await open({ stale: 'UNIPEN lines has other samples than were evaluated: evaluate again.' });
    assert.equal(await view.page.locator('.line .icon').count(), 0);
    await view.page.getByRole('button', { name: 'Evaluate Again' }).click();
    assert.equal((await view.sentOf('evaluateAgain')).length, 1);
  });

  it('shows how another evaluation differs, with one sign, and the lines that one of the two reads better', async () => {
    // right but for one text of five, of which the first reads all
    const compared = (text: string) => (text === 'hello world' ? 'hallo' : text);
    await open({ compared });
    const section = view.page.locator('.comparison');
    const text = (await section.innerText()).replace(/\s+/g, ' ');
    assert.match(text, /COMPARED WITH LINES, MY HAND, DECODED, TYPESCRIPT/i);
    assert.match(text, /CER 0\.0 perhaps chance −6\.9 to \+6\.9 10\.7% and 10\.7%/);
    assert.match(text, /WER \+60\.0 worse \+39\.6 to \+80\.4 80\.0% and 20\.0%/);
    assert.match(text, /Exact −60\.0 worse −80\.4 to −39\.6 20\.0% and 80\.0%/);
    assert.match(text, /The difference may be chance/);
    await section.getByRole('button', { name: '12 read better' }).click();
    assert.deepEqual((await view.sentOf('view')).at(-1)?.view.filter, { kind: 'better' });
    await until('the lines', async () => (await view.page.locator('.line').count()) === 12);
    assert.match(await view.page.locator('.line .other').first().innerText(), /6 errors/);
    assert.equal(await view.page.getByLabel('Which lines').inputValue(), 'better');
    await view.page.getByLabel('Which lines').selectOption('worse');
    await until('the others', async () => (await view.page.locator('.line').count()) === 25);
    await section.getByRole('button', { name: 'End the comparison' }).click();
    assert.equal((await view.sentOf('endComparison')).length, 1);
  });

  it('asks for a comparison and for a report', async () => {
    await open();
    assert.equal(await view.page.locator('.comparison').count(), 0);
    await view.page.getByRole('button', { name: 'Compare…' }).click();
    await view.page.getByRole('button', { name: 'Export Report…' }).click();
    assert.equal((await view.sentOf('compare')).length, 1);
    assert.equal((await view.sentOf('export')).length, 1);
  });

  for (const theme of Object.keys(THEMES) as Theme[]) {
    it(`fits into 200 pixels in the theme ${theme}`, async () => {
      await open({ width: 200, height: 700, theme, compared: (text) => text.slice(1) });
      const scrollWidth = await view.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(scrollWidth <= 200, `${scrollWidth} pixels wide`);
    });
  }
});
