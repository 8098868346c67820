import assert from 'node:assert/strict';
import { until } from '../harness/until';
import { inBrowser } from './inBrowser';
import { POINTS, RUNS, TrainingPage, type TrainingPageOptions } from './trainingPage';

const THREE = ['digits live', 'digits keras-mnist', 'letters paused'] as const;

describe('view of runs', () => {
  let view: TrainingPage;
  const openPage = inBrowser((browser, options?: TrainingPageOptions) => TrainingPage.open(browser, options));

  async function open(options?: TrainingPageOptions): Promise<void> {
    view = await openPage(options);
  }

  const row = (name: string) => view.page.locator('.run', { hasText: name });
  const reading = (name: string) => row(name).locator('.reading').innerText();
  const width = () => view.page.evaluate(() => document.documentElement.scrollWidth);

  it('offers to train where nothing was trained yet', async () => {
    await open({ runs: [] });
    await view.page.getByRole('button', { name: 'Train Model…' }).click();
    await view.sentOf('train');
  });

  it('lists every run with its state, accuracy and time', async () => {
    await open();
    await row('digits keras-mnist').getByText('finished · 99.14% · 7 min').waitFor();
    await row('letters paused').getByText('paused at 25% · 84.2%').waitFor();
    await row('letters elsewhere').getByText('running in another window').waitFor();
    assert.equal(await row('letters elsewhere').getByRole('button').count(), 0);
  });

  it('shows which runs wait and in which order, and changes it', async () => {
    const [live, kept] = RUNS;
    const queued = (name: string, turn: number) => ({
      ...(kept ?? assert.fail()),
      ...{ id: name, name, state: 'waiting' as const, turn, hasModel: false },
    });
    await open({ runs: [queued('later', 2), queued('sooner', 1), live ?? assert.fail()] });
    await row('sooner').getByText('waiting, the next').waitFor();
    await row('later').getByText('waiting, number 2').waitFor();
    for (const label of ['Train Earlier', 'Train Later', 'Do Not Wait', 'Cancel']) {
      await row('later')
        .getByRole('button', { name: `${label}: later` })
        .click();
    }
    assert.deepEqual(
      (await view.sentOf('act', 4)).map(({ run, action }) => `${run} ${action}`),
      ['later earlier', 'later later', 'later pause', 'later cancel'],
    );
  });

  it('shows the newest run where none was picked before', async () => {
    await open();
    await until('its curve', async () => (await view.inked('Accuracy', '--scrawl-blue')) > 50);
    assert.ok(await view.page.getByRole('checkbox', { name: `Compare ${RUNS[0]?.name}` }).isChecked());
  });

  it(`overlays three runs of ${POINTS.toLocaleString('en')} points, each in a color and with dashes of its own`, async () => {
    await open();
    await view.compare(...THREE);
    for (const color of ['blue', 'green', 'purple']) {
      for (const chart of ['Accuracy', 'Loss']) {
        const inked = await view.inked(chart, `--scrawl-${color}`);
        assert.ok(inked > 50, `${inked} pixels of ${color} in ${chart}`);
      }
    }
    const dashes = await view.page
      .locator('.swatch path')
      .evaluateAll((paths) => paths.map((path) => path.getAttribute('stroke-dasharray')));
    assert.equal(new Set(dashes).size, 3);
  });

  it('reads the values under the pointer for every run at once', async () => {
    await open();
    await view.compare(...THREE);
    const before = await Promise.all(THREE.map(reading));
    const box = (await view.chart('Loss').boundingBox()) ?? assert.fail('there is no chart');
    await view.page.mouse.move(box.x + box.width / 3, box.y + 50);
    await until('other values', async () => (await reading('digits keras-mnist')) !== before[1]);
    const after = await Promise.all(THREE.map(reading));
    for (const text of after) assert.match(text, /training\s+\d+\.\d+% · \d/);
    const cursors = await view.page
      .locator('.u-cursor-x')
      .evaluateAll((lines) => lines.map((line) => line.getBoundingClientRect().left));
    assert.equal(cursors.length, 3);
    assert.ok(Math.max(...cursors) - Math.min(...cursors) < 2, cursors.join(' '));
  });

  it('zooms where the pointer drags, keeps it, and shows all again', async () => {
    await open();
    await view.compare(...THREE);
    const all = view.page.getByRole('button', { name: 'Show All' });
    assert.ok(await all.isDisabled());
    const box = (await view.chart('Loss').boundingBox()) ?? assert.fail('there is no chart');
    await view.page.mouse.move(box.x + 100, box.y + 50);
    await view.page.mouse.down();
    await view.page.mouse.move(box.x + 160, box.y + 60, { steps: 4 });
    await view.page.mouse.up();
    await until('the zoom', () => all.isEnabled());
    const kept = () =>
      view.page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? '{}') as { zoom?: number[] });
    const [from = 0, to = 0] = (await kept()).zoom ?? [];
    assert.ok(from > 0 && to < 4 && to - from > 0.3 && to - from < 2.5, `${from} to ${to}`);
    await all.click();
    assert.equal((await kept()).zoom, undefined);
  });

  it('reads and zooms with the keyboard', async () => {
    await open();
    await view.compare('digits keras-mnist');
    await view.chart('Accuracy').focus();
    await view.page.keyboard.press('Home');
    const said = () => view.page.getByRole('status').last().innerText();
    await until('the first value', async () => (await said()).startsWith('Epoch 0.00'));
    await view.page.keyboard.press('ArrowRight');
    await until('the next value', async () => (await said()).startsWith('Epoch 0.10'));
    await view.page.keyboard.press('+');
    await until('the zoom', () => view.page.getByRole('button', { name: 'Show All' }).isEnabled());
    await view.page.keyboard.press('0');
    await until('all', () => view.page.getByRole('button', { name: 'Show All' }).isDisabled());
  });

  it('has the mean of the last points on request, of epochs too, and the loss on a logarithmic scale', async () => {
    await open();
    await view.compare('digits keras-mnist');
    const raw = await reading('digits keras-mnist');
    await view.page.getByLabel('Moving average').selectOption({ label: 'Mean of 500' });
    await until('the mean', async () => (await reading('digits keras-mnist')) !== raw);
    await view.page.getByLabel('Points').selectOption({ label: 'Epochs' });
    assert.ok(await view.page.getByLabel('Moving average').isDisabled());
    await view.page.getByLabel('Log loss').check();
    assert.ok((await view.inked('Loss', '--scrawl-green')) > 20);
  });

  it('grows with what a run learns', async () => {
    await open({ runs: RUNS.map((run, at) => (at === 0 ? { ...run, done: 0 } : run)) });
    await view.compare('digits live');
    const point = (epoch: number) => ({
      epoch,
      loss: 2 - epoch,
      accuracy: 0.2 + 0.4 * epoch,
      learningRate: 0.001,
    });
    await view.tell({
      type: 'progress',
      run: 'digits live',
      phase: 'training',
      done: 54_000,
      total: 216_000,
      samplesPerSecond: 1234.5,
      secondsLeft: 131,
      backend: 'wasm',
      points: [point(0.25), point(0.5), point(1)],
    });
    await view.page.getByText('1,235 samples/s').waitFor();
    await view.page.getByText('2 min left').waitFor();
    await view.page.getByText('epoch 2 of 4').waitFor();
    await view.tell({
      type: 'epoch',
      run: 'digits live',
      epoch: 1,
      loss: 1,
      accuracy: 0.5,
      validationLoss: 0.9,
      validationAccuracy: 0.625,
      learningRate: 0.001,
      seconds: 40,
    });
    await until('the epoch', async () => (await reading('digits live')).includes('62.5% · 0.9'));
  });

  for (const [name, action] of [
    ['Pause', 'pause'],
    ['Stop', 'stop'],
    ['Cancel', 'cancel'],
  ] as const) {
    it(`says ${name} of the run that trains`, async () => {
      await open();
      await view.page.getByRole('region', { name: 'Training of digits live' }).getByText(name).click();
      assert.deepEqual((await view.sentOf('act'))[0], { type: 'act', run: 'digits live', action });
    });
  }

  it('goes on with a run, uses its model, and removes it', async () => {
    await open();
    await view.page.getByRole('button', { name: 'Resume: letters paused' }).click();
    await view.page.getByRole('button', { name: 'Use on Pad: digits keras-mnist' }).click();
    await view.page.getByRole('button', { name: 'Remove: digits keras-mnist' }).click();
    assert.deepEqual(
      (await view.sentOf('act', 3)).map(({ run, action }) => [run, action]),
      [
        ['letters paused', 'resume'],
        ['digits keras-mnist', 'useModel'],
        ['digits keras-mnist', 'remove'],
      ],
    );
  });

  it('shows what came of the newest run once it has ended, and what one does with it', async () => {
    await open();
    assert.equal(await view.page.locator('scrawl-finished-run').count(), 0, 'it trains');
    const [first, ...others] = RUNS;
    assert.ok(first);
    const ended = {
      ...first,
      state: 'finished',
      where: 'nowhere',
      done: first.total,
      hasModel: true,
    } as const;
    await view.tell({ type: 'runs', runs: [ended, ...others] });
    const result = view.page.getByRole('region', { name: 'Result of digits live' });
    assert.match(await result.innerText(), /98\.1\d*%[^]*trained · 4 epochs · 7 min/);
    for (const name of ['Evaluate…', 'Use on Pad', 'Compare…']) await result.getByText(name).click();
    assert.deepEqual(
      (await view.sentOf('act', 3)).map(({ run, action }) => [run, action]),
      ['evaluate', 'useModel', 'compare'].map((action) => ['digits live', action]),
    );
  });

  it('exports a picture that stands by itself, and a table', async () => {
    await open({ theme: 'light' });
    await view.compare(...THREE);
    await view.page.getByRole('button', { name: 'Export as SVG' }).click();
    const [{ svg } = assert.fail('no picture')] = await view.sentOf('exportSvg');
    assert.doesNotMatch(svg, /var\(|<script|href=/);
    const parsed = await view.page.evaluate((text) => {
      const document = new DOMParser().parseFromString(text, 'image/svg+xml');
      return {
        wrong: document.querySelector('parsererror') !== null,
        texts: [...document.querySelectorAll('text')].map((each) => each.textContent),
      };
    }, svg);
    assert.equal(parsed.wrong, false);
    for (const text of [
      'Accuracy',
      'Loss',
      'Learning rate',
      'digits live, training',
      'digits keras-mnist, validation',
    ]) {
      assert.ok(parsed.texts.includes(text), text);
    }
    await view.page.getByRole('button', { name: 'Export as CSV' }).click();
    assert.deepEqual((await view.sentOf('exportCsv'))[0]?.runs, [...THREE]);
  });

  it('comes back as it was left', async () => {
    await open();
    await view.compare('digits keras-mnist', 'letters paused');
    await view.page.getByRole('checkbox', { name: 'Compare digits live' }).uncheck();
    await view.page.getByLabel('Log loss').check();
    await view.page.reload();
    assert.deepEqual((await view.sentOf('ready'))[0]?.picked, ['digits keras-mnist', 'letters paused']);
    await view.page.getByRole('checkbox', { name: 'Compare digits keras-mnist', checked: true }).waitFor();
    assert.ok(await view.page.getByLabel('Log loss').isChecked());
  });

  it('forgets a run that is removed', async () => {
    await open();
    await view.compare('digits keras-mnist');
    await view.tell({ type: 'runs', runs: RUNS.filter(({ id }) => id !== 'digits keras-mnist') });
    const picks = await view.sentOf('pick', 2);
    assert.deepEqual(picks.at(-1)?.runs, ['digits live']);
  });

  for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light'] as const) {
    it(`draws in the colors of ${theme} within 200 px`, async () => {
      await open({ width: 200 });
      await view.compare('digits keras-mnist');
      await view.setTheme(theme);
      await until('the color', async () => (await view.inked('Loss', '--scrawl-green')) > 20);
      assert.ok((await width()) <= 200, `${await width()} px`);
    });
  }
});
