import assert from 'node:assert/strict';
import type { ShownEvaluation } from '../../src/protocol/pages/evaluation';
import { until } from '../harness/until';
import { inBrowser } from './inBrowser';
import { EvaluationPage, type EvaluationPageOptions } from './evaluationPage';

describe('view of evaluations', () => {
  let view: EvaluationPage;
  const openPage = inBrowser((browser, options?: EvaluationPageOptions) =>
    EvaluationPage.open(browser, options),
  );

  async function open(options?: EvaluationPageOptions): Promise<void> {
    view = await openPage(options);
  }

  const opened = async () => (await view.sentOf('open')).at(-1)?.samples;

  it('offers to evaluate where nothing was', async () => {
    await open({ classes: 0 });
    await view.page.getByRole('button', { name: 'Evaluate Model…' }).click();
    assert.equal((await view.sentOf('act'))[0]?.action, 'evaluate');
  });

  it('says how good the model is', async () => {
    await open();
    const text = await view.page.locator('.figures').innerText();
    await view.page.locator('.accuracy').getByText('of 99,922 samples right').waitFor();
    for (const part of ['99.21%', '0.3517', '85.23%', '87.02%', '3.12%']) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    assert.match(await view.page.locator('footer').innerText(), /wasm at 5,123 samples a second/);
  });

  it('lists the most confused pairs before anything else, and opens one', async () => {
    await open();
    const pairs = view.page.locator('.pair');
    assert.equal(await pairs.count(), 10);
    const [pairsTop = 0, matrixTop = 0] = await Promise.all(
      ['scrawl-pairs', 'scrawl-heat-map'].map(
        async (name) => (await view.page.locator(name).boundingBox())?.y,
      ),
    );
    assert.ok(pairsTop < matrixTop);
    await view.page.getByRole('button', { name: 'Show 190 more' }).click();
    assert.equal(await pairs.count(), 200);
    const words = (await pairs.first().locator('.hidden').textContent()) ?? '';
    await pairs.first().click();
    const cell = await opened();
    assert.ok(cell?.kind === 'cell' && words.includes(cell.truth) && words.includes(cell.predicted), words);
  });

  it('judges anew by other options at once', async () => {
    await open();
    await view.page.getByLabel('Case and 0/O merged').check();
    await view.page.getByLabel('What the model may answer').selectOption('digits');
    assert.deepEqual(
      (await view.sentOf('judge', 2)).map(({ judging }) => judging),
      [
        { alphabet: 'all', merged: true },
        { alphabet: 'digits', merged: true },
      ],
    );
    await view.page.getByLabel('What the model may answer').selectOption('punctuation');
    await view.page.getByText('choose another alphabet').waitFor();
  });

  it('judges by both of two options that are chosen before it is judged anew', async () => {
    await open();
    await view.page.evaluate(() => {
      const box = document.querySelector<HTMLInputElement>('.options input[type="checkbox"]');
      const choice = document.querySelector<HTMLSelectElement>('.options select');
      if (!box || !choice) throw new Error('the options are missing');
      box.click();
      choice.value = 'digits';
      choice.dispatchEvent(new Event('change'));
    });
    const [, both] = await view.sentOf('judge', 2);
    assert.deepEqual(both?.judging, { alphabet: 'digits', merged: true });
  });

  it('asks for characters, and shows the alphabet of before until they are there', async () => {
    await open();
    await view.page.getByLabel('What the model may answer').selectOption('custom');
    assert.equal((await view.sentOf('act'))[0]?.action, 'customAlphabet');
    assert.equal(await view.page.getByLabel('What the model may answer').inputValue(), 'all');
  });

  it('sorts the classes by any column', async () => {
    await open();
    const classes = () => view.page.locator('tbody .name').allInnerTexts();
    const worst = await classes();
    assert.equal(worst.length, 94);
    await view.page.getByRole('button', { name: 'F1' }).click();
    assert.equal((await classes())[0], worst.at(-1));
    assert.equal(await view.page.locator('th.f1').getAttribute('aria-sort'), 'descending');
    await view.page.getByRole('button', { name: 'Class', exact: true }).click();
    assert.equal((await classes())[0], '!');
    await view.page.getByRole('button', { name: 'Samples of capital A', exact: true }).click();
    assert.deepEqual(await opened(), { kind: 'class', name: 'A' });
  });

  it('says how each writer is read, the worst first, and opens what is wrong of one', async () => {
    await open({ writers: 150 });
    const table = view.page.locator('scrawl-writer-table');
    const names = () => table.locator('tbody .name').allInnerTexts();
    assert.deepEqual([(await names()).length, (await names())[0]], [100, 'hand 150']);
    assert.equal(await table.locator('tbody tr').first().locator('td').nth(1).innerText(), '50.0%');
    await table.getByRole('button', { name: 'Acc.' }).click();
    assert.equal((await names())[0], 'hand 1');
    await table.getByRole('button', { name: 'Samples' }).click();
    assert.equal(await table.locator('tbody tr').first().locator('td').first().innerText(), '14');
    await table.getByRole('button', { name: 'Show all 150 writers' }).click();
    assert.equal((await names()).length, 150);
    await table.getByRole('button', { name: 'What is read wrongly of hand 7', exact: true }).click();
    assert.deepEqual(await opened(), { kind: 'writer', name: 'hand 7' });
  });

  it('says nothing of writers where none is known', async () => {
    await open();
    assert.equal(await view.page.getByRole('region', { name: 'Writers' }).count(), 0);
  });

  it('says what data are others than were evaluated', async () => {
    await open({ stale: 'My Handwriting has other samples than were evaluated: evaluate again.' });
    await view.page.getByRole('button', { name: 'Evaluate Again' }).click();
    assert.equal((await view.sentOf('act'))[0]?.action, 'evaluateAgain');
  });

  it('says how a second model differs, and opens what it alone gets right', async () => {
    await open({ comparison: true });
    await view.page.getByText('The second is better by more than chance (p < 0.0001)').waitFor();
    await view.page.getByRole('button', { name: 'alone right on 1,912' }).click();
    assert.deepEqual(await opened(), { kind: 'onlySecond' });
    await view.page.locator('.difference').first().click();
    assert.deepEqual(await opened(), { kind: 'onlySecond', name: '0' });
    await view.page.getByRole('button', { name: 'End the comparison' }).click();
    assert.equal((await view.sentOf('act'))[0]?.action, 'endComparison');
  });

  it('says why two models cannot be compared, beside the figures, and ends the comparison', async () => {
    await open({ incomparable: 'The two held out different samples: compare them on the test split.' });
    await view.page.getByText('The two held out different samples').waitFor();
    assert.ok(await view.page.getByText('Macro F1').isVisible());
    await view.page.getByRole('button', { name: 'End the comparison' }).click();
    assert.equal((await view.sentOf('act'))[0]?.action, 'endComparison');
  });

  it('lets the pad read with the model', async () => {
    await open();
    await view.page.getByRole('button', { name: 'Use on Pad' }).click();
    assert.equal((await view.sentOf('act'))[0]?.action, 'useModel');
  });

  it('shows what failed', async () => {
    await open();
    await view.tell({ type: 'failed', message: 'The disk is full.' });
    await view.page.getByRole('alert').getByText('The disk is full.').waitFor();
  });

  describe('the matrix of 94 classes and 100,000 samples', () => {
    it('draws no more than the cells that hold something, and fewer where it is zoomed', async () => {
      await open({ width: 900 });
      const whole = await view.cellsDrawn();
      assert.ok(whole > 5000 && whole < 94 * 94, String(whole));
      for (let step = 0; step < 6; step++) await view.page.getByRole('button', { name: /^Zoom In/ }).click();
      await until('a part of it', async () => (await view.cellsDrawn()) < whole / 20);
      await view.page.getByRole('button', { name: /^Show All/ }).click();
      await until('all of it', async () => (await view.cellsDrawn()) === whole);
    });

    it('is drawn with the first message, and asks for nothing', async () => {
      await open({ width: 900 });
      assert.ok((await view.cellsDrawn()) > 5000);
      assert.deepEqual(
        (await view.sent()).map(({ type }) => type),
        ['ready'],
      );
    });

    it('takes no more memory however often it is judged anew', async () => {
      await open({ width: 900 });
      const devtools = await view.page.context().newCDPSession(view.page);
      const used = async () => {
        await devtools.send('HeapProfiler.collectGarbage');
        return (await devtools.send('Runtime.getHeapUsage')).usedSize;
      };
      const judge = async (times: number) => {
        for (let time = 0; time < times; time++) {
          for (const alphabet of ['letters', 'all']) {
            await view.page.getByLabel('What the model may answer').selectOption(alphabet);
          }
        }
        await view.settled();
      };
      // what is made once is made by then
      await judge(2);
      const before = await used();
      await judge(20);
      const grown = (await used()) - before;
      assert.ok(grown < 4 * 2 ** 20, `${grown} bytes`);
    });

    it('shows every order, counts or shares, on either scale, and comes back as it was', async () => {
      await open({ uneven: true });
      const seen = [await view.picture()];
      const choices = [
        ['Order of the classes', 'error'],
        ['Order of the classes', 'similarity'],
        ['Values', 'counts'],
        ['Scale', 'linear'],
        ['Values', 'shares'],
        ['Scale', 'log'],
        ['Order of the classes', 'class'],
      ] as const;
      for (const [name, value] of choices) {
        await view.page.getByLabel(name).selectOption(value);
        const picture = await view.picture();
        assert.notEqual(picture, seen.at(-1), `${name}: ${value} shows nothing else`);
        seen.push(picture);
      }
      assert.equal(seen.at(-1), seen[0], 'the choices of the beginning give its picture');
      for (const [name, value] of choices.slice(1, 4)) await view.page.getByLabel(name).selectOption(value);
      await view.page.reload();
      await view.sentOf('ready');
      await view.untilDrawn();
      for (const [name, value] of choices.slice(1, 4)) {
        assert.equal(await view.page.getByLabel(name).inputValue(), value);
      }
    });

    it('leaves out what is right by choice', async () => {
      await open();
      const whole = await view.cellsDrawn();
      await view.page.getByLabel('Errors only').check();
      await until('the errors', async () => (await view.cellsDrawn()) === whole - 94);
    });

    it('says the pair and its share under the pointer, and opens it', async () => {
      await open({ width: 900 });
      const box = (await view.heat.boundingBox()) ?? assert.fail('there is no matrix');
      const cell = (box.width - 16) / 94;
      await view.page.mouse.move(box.x + 16 + 24.5 * cell, box.y + 16 + 0.5 * cell);
      await until('the pair', async () => (await view.readout()).startsWith('0 taken for capital O: 1'));
      assert.match(await view.readout(), /^0 taken for capital O: 1\d\d, \d+\.\d\d% of 1,063$/);
      await view.heat.click({ position: { x: 16 + 24.5 * cell, y: 16 + 0.5 * cell } });
      assert.deepEqual(await opened(), { kind: 'cell', truth: '0', predicted: 'O' });
    });

    it('opens rows and columns by their heads', async () => {
      await open({ width: 900 });
      await view.heat.click({ position: { x: 8, y: 20 } });
      assert.deepEqual(await opened(), { kind: 'truth', name: '0' });
      await view.heat.click({ position: { x: 20, y: 8 } });
      await view.sentOf('open', 2);
      assert.deepEqual(await opened(), { kind: 'predicted', name: '0' });
    });

    it('is walked by keyboard, and says where one is', async () => {
      await open();
      await view.heat.focus();
      await view.press('ArrowRight', 'ArrowDown', 'ArrowRight');
      assert.match(await view.readout(), /^1 taken for 2: /);
      assert.equal(await view.page.locator('.readout').getAttribute('aria-live'), 'polite');
      await view.press('Enter');
      assert.deepEqual(await opened(), { kind: 'cell', truth: '1', predicted: '2' });
      await view.press('Home');
      assert.match(await view.readout(), /^1: 1,063 samples, \d+ read right, \d/);
      await view.press('ArrowUp', 'ArrowUp');
      assert.match(await view.readout(), /^0: /, 'the corner stands for nothing');
      await view.press('ArrowRight', 'ArrowUp');
      assert.match(await view.readout(), /^Taken for 0: /);
      await view.press('Enter');
      assert.deepEqual(await opened(), { kind: 'predicted', name: '0' });
    });

    it('stays at its pair when the order changes, and keeps the order', async () => {
      await open();
      await view.heat.focus();
      await view.press('ArrowRight', 'ArrowDown', 'ArrowDown');
      const before = await view.readout();
      await view.page.getByLabel('Order of the classes').selectOption('similarity');
      await view.heat.focus();
      assert.equal(await view.readout(), before);
      await view.page.reload();
      await view.sentOf('ready');
      await view.untilDrawn();
      assert.equal(await view.page.getByLabel('Order of the classes').inputValue(), 'similarity');
    });

    it('is moved by dragging where it is zoomed, without opening anything', async () => {
      await open({ width: 900 });
      await view.heat.focus();
      await view.press('+', '+', '+', '+');
      const box = (await view.heat.boundingBox()) ?? assert.fail('there is no matrix');
      const [x, y] = [box.x + 200, box.y + 200];
      await view.page.mouse.move(x, y);
      const before = await view.readout();
      await view.page.mouse.down();
      await view.page.mouse.move(x - 120, y - 120, { steps: 4 });
      await view.page.mouse.up();
      await view.page.mouse.move(x, y);
      await until('another cell', async () => (await view.readout()) !== before);
      assert.deepEqual(
        (await view.sent()).filter(({ type }) => type === 'open'),
        [],
      );
    });
  });

  describe('of a page that lists samples', () => {
    const chosen = async (count = 1) => (await view.sentOf('list', count)).at(-1)?.samples;
    const asked = async () =>
      (await view.sentOf('samples')).map(({ message }) => message).filter(({ type }) => type !== 'page');

    it('shows those that are wrong as pictures, below the figures and before everything else', async () => {
      await open({ listed: 40 });
      assert.deepEqual(await chosen(), { kind: 'wrong' });
      await view.samples.getByRole('heading', { name: 'Misclassified' }).waitFor();
      const tops = ['.figures', '.samples', '.confused'].map((part) => view.page.locator(part).boundingBox());
      const [figures, samples, confused] = (await Promise.all(tops)).map((box) => box?.y ?? 0);
      assert.ok((figures ?? 0) < (samples ?? 0) && (samples ?? 0) < (confused ?? 0));
      await view.focusGrid();
      await view.press('Home');
      assert.equal(await view.current(), '0 taken for 1, 99.90%, test 0');
      assert.equal(await view.page.getByText('Show misclassified samples').count(), 0);
      const { height = 0 } = (await view.page.locator('scrawl-grid').boundingBox()) ?? {};
      assert.ok(height > 200 && height < 350, `${height} px`);
    });

    it('leaves the keyboard where it is', async () => {
      await open({ listed: 40 });
      assert.equal(await view.page.evaluate(() => document.activeElement === document.body), true);
    });

    it('lists those of a pair or a class instead, and all that are wrong again', async () => {
      await open({ listed: 40 });
      await view.page.locator('.pair').first().click();
      const pair = await chosen(2);
      assert.equal(pair?.kind, 'cell');
      await view.samples.getByRole('heading', { name: '→' }).waitFor();
      await view.page.getByRole('button', { name: 'Samples of capital A', exact: true }).click();
      assert.deepEqual(await chosen(3), { kind: 'class', name: 'A' });
      assert.ok(await view.samples.evaluate((part) => part.getBoundingClientRect().top >= 0));
      assert.deepEqual(
        (await view.sent()).filter(({ type }) => type === 'open'),
        [],
      );
      await view.samples.getByRole('button', { name: 'All misclassified samples' }).click();
      assert.deepEqual(await chosen(4), { kind: 'wrong' });
    });

    it('opens them in the gallery', async () => {
      await open({ listed: 40 });
      await view.page.locator('.pair').first().click();
      await view.samples.getByRole('button', { name: 'Open in Gallery' }).click();
      assert.deepEqual(await opened(), await chosen(2));
    });

    it('goes through them by arrow keys, and looks closely in place', async () => {
      await open({ listed: 40 });
      await view.focusGrid();
      await view.press('ArrowRight', 'Enter');
      await view.samples.getByRole('region', { name: 'Sample' }).getByText('1 taken for 2').waitFor();
      assert.equal(await view.page.locator('scrawl-grid').isVisible(), false);
      await view.press('ArrowRight');
      await view.samples.getByRole('region', { name: 'Sample' }).getByText('2 taken for 3').waitFor();
      await view.press('Escape');
      assert.equal(await view.page.locator('scrawl-grid').isVisible(), true);
    });

    it('takes R, Delete and S, says what was done, and keeps that in sight', async () => {
      await open({ listed: 40 });
      await view.focusGrid();
      await view.press('ArrowRight', 'r', 's', 'Delete');
      const places = [[1, 1]];
      assert.deepEqual(
        (await asked()).map(({ revision: _, ...message }: { type: string; revision?: number }) => message),
        [
          { type: 'relabel', places },
          { type: 'sendToPad', place: 1 },
          { type: 'exclude', places, excluded: true },
        ],
      );
      await view.samples.locator('.chosen', { hasText: 'Excluded 1 sample.' }).waitFor();
      await view.press('Control+z');
      assert.equal((await asked()).at(-1)?.type, 'undo');
    });

    it('leaves the keys of the rest of the page alone', async () => {
      await open({ listed: 40 });
      await view.focusGrid();
      await view.press('ArrowRight');
      await view.heat.focus();
      await view.press('r', 'Delete');
      assert.deepEqual(await asked(), []);
    });

    it('keeps what is chosen while the page is hidden, and begins anew with another evaluation', async () => {
      await open({ listed: 40 });
      await view.page.locator('.pair').first().click();
      const pair = await chosen(2);
      await until('the state', () =>
        view.page.evaluate(() => (sessionStorage.getItem('state') ?? '').includes('"cell"')),
      );
      await view.page.reload();
      await until('the pair', async () => JSON.stringify(await chosen()) === JSON.stringify(pair));
      const shown = await view.page.evaluate(
        () => (document.querySelector('scrawl-evaluation') as unknown as { shown: ShownEvaluation }).shown,
      );
      await view.tell({ ...shown, model: 'Another' });
      assert.deepEqual(await chosen(2), { kind: 'wrong' });
    });

    it('says that nothing is wrong', async () => {
      await open({ listed: 0 });
      await view.samples.getByText('Nothing is misclassified.').waitFor();
    });

    for (const width of [200, 300]) {
      it(`fits ${width} px, closely looked at too`, async () => {
        await open({ width, listed: 40 });
        const beyond = () =>
          view.page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
        assert.equal(await beyond(), 0);
        await view.focusGrid();
        await view.press('Home', 'Enter');
        await view.samples.getByRole('region', { name: 'Sample' }).getByText('taken for').waitFor();
        assert.equal(await beyond(), 0);
      });
    }
  });

  it('fits the narrowest sidebar', async () => {
    await open({ width: 200, comparison: true, writers: 3 });
    assert.equal(await view.page.evaluate(() => document.documentElement.scrollWidth), 200);
  });
});
