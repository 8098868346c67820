import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Command, Setting } from '../../src/host/shell/names';
import { classesBeside } from '../../src/models/classesBeside';
import { until } from '../harness/until';
import { named, offered, run, says, set } from './support/commands';
import { padCharacters } from './support/pad';
import { withStub } from './support/stub';
import { closeAll, tabLabels } from './support/tabs';
import { writeModel } from './support/writtenModel';

const setting = () => vscode.workspace.getConfiguration().get(Setting.model);

describe('models', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    await writeModel(path.join(folder, 'tiny'), ['1', '2', '3'], 1);
    await writeModel(path.join(folder, 'other'), ['3', '2', '1'], 1);
  });

  after(async () => {
    await set(Setting.model, undefined);
    await rm(folder, { recursive: true, force: true });
  });

  /** The models that a command offers. */
  const models = async (command: Command = Command.exportModel): Promise<string[]> =>
    (await offered(() => run(command))).map(({ label }) => label);

  const imported = (name: string) =>
    named(name, async () => {
      const said = await says(() => run(Command.importModel, vscode.Uri.file(path.join(folder, name))));
      assert.match(String(said[0]?.[0]), new RegExp(`${name} is ready: it gives 3 classes`));
    });

  it('says what to do before there is any of one’s own', async () => {
    assert.deepEqual(await models(), ['Characters', 'Lines']);
    for (const command of [Command.renameModel, Command.removeModel, Command.createEnsemble]) {
      const [said] = await says(() => run(command), 'Error');
      assert.match(String(said?.[0]), /train or import/, command);
    }
    assert.equal((await padCharacters()).length, 94);
  });

  it('imports, and lists what it imported', async () => {
    await imported('tiny');
    await imported('other');
    assert.deepEqual(await models(), ['Characters', 'Lines', 'other', 'tiny']);
  });

  it('says why a folder cannot be imported', async () => {
    await mkdir(path.join(folder, 'empty'));
    await writeFile(path.join(folder, 'empty', 'classes.txt'), 'a\nb');
    await named('empty', async () => {
      const uri = vscode.Uri.file(path.join(folder, 'empty'));
      const [said] = await says(() => run(Command.importModel, uri), 'Error');
      assert.match(String(said?.[0]), /no model\.json/);
    });
  });

  it('asks for the classes that nothing beside a model names', async () => {
    await rm(path.join(folder, 'tiny', 'classes.txt'));
    const answers = ['xyz', 'typed'];
    await withStub(
      vscode.window,
      'showQuickPick',
      (items: vscode.QuickPickItem[]) => items[0],
      () =>
        withStub(
          vscode.window,
          'showInputBox',
          () => answers.shift(),
          async () => {
            const uri = vscode.Uri.file(path.join(folder, 'tiny'));
            const [said] = await says(() => run(Command.importModel, uri));
            assert.match(String(said?.[0]), /typed is ready/);
          },
        ),
    );
    await says(() => run(Command.removeModel, 'typed'));
  });

  it('reads with the model that is used on the pad', async () => {
    const [said] = await says(() => run(Command.useModel, 'tiny'));
    assert.equal(said?.[0], 'The pad now uses tiny.');
    assert.equal(setting(), 'tiny');
    assert.deepEqual(await padCharacters(), ['1', '2', '3']);
    assert.deepEqual(await models(Command.useModel), ['Characters', 'other']);
  });

  it('renames, and goes on reading with it', async () => {
    await named('Digits', () => run(Command.renameModel, 'tiny'));
    assert.deepEqual(await models(), ['Characters', 'Lines', 'Digits', 'other']);
    assert.deepEqual(await padCharacters(), ['1', '2', '3']);
  });

  it('shows a card', async () => {
    await run(Command.showModelCard, 'tiny');
    await until('the card', () => tabLabels().some((label) => label.includes('Digits')));
    await closeAll();
  });

  it('exports', async () => {
    await withStub(vscode.window, 'showQuickPick', { format: 'keras' }, () =>
      withStub(vscode.window, 'showOpenDialog', [vscode.Uri.file(folder)], async () => {
        const [said] = await says(() => run(Command.exportModel, 'tiny'));
        assert.equal(said?.[0], 'Digits is in tiny-keras.');
      }),
    );
    assert.deepEqual((await readdir(path.join(folder, 'tiny-keras'))).sort(), [
      ...['card.json', 'model.json', 'weights.bin'],
    ]);
    assert.equal((await readFile(path.join(folder, 'tiny-keras', 'weights.bin'))).length, 4 * 785 * 3);
  });

  it('exports files, each beside those of before', async () => {
    await withStub(vscode.window, 'showOpenDialog', [vscode.Uri.file(folder)], async () => {
      for (const [format, name] of [
        ['onnx', 'tiny.onnx'],
        ['onnx', 'tiny-2.onnx'],
        ['keras-file', 'tiny.keras'],
      ]) {
        const pick = (items: { format?: string }[]) => items.find((item) => item.format === format);
        await withStub(vscode.window, 'showQuickPick', pick, async () => {
          const [said] = await says(() => run(Command.exportModel, 'tiny'));
          assert.equal(said?.[0], `Digits is in ${String(name)}.`);
        });
        assert.deepEqual(await classesBeside(path.join(folder, String(name))), ['1', '2', '3']);
      }
    });
  });

  it('makes an ensemble that reads as any model', async () => {
    const pick = (items: (vscode.QuickPickItem & { combine?: string })[], { canPickMany = false } = {}) =>
      canPickMany ? items.filter(({ label }) => label !== 'Characters') : items[0];
    await withStub(vscode.window, 'showQuickPick', pick, () =>
      named('Both', async () => {
        const [said] = await says(() => run(Command.createEnsemble));
        assert.equal(said?.[0], 'Both is ready: 2 models in one ensemble.');
      }),
    );
    await says(() => run(Command.useModel, 'both'));
    assert.deepEqual((await padCharacters()).sort(), ['1', '2', '3']);
  });

  it('removes, with undo; without one the pad reads with the bundled model', async () => {
    await withStub(vscode.window, 'showInformationMessage', 'Undo', () => run(Command.removeModel, 'both'));
    assert.ok((await models()).includes('Both'));
    assert.equal((await padCharacters()).length, 3);
    const [said] = await says(() => run(Command.removeModel, 'both'));
    assert.equal(said?.[0], 'Both is removed. The pad uses the bundled model again.');
    assert.equal((await padCharacters()).length, 94);
  });

  it('says once that the model of the setting is gone', async () => {
    const warnings = await says(async () => {
      await set(Setting.model, 'never-there');
      assert.equal((await padCharacters()).length, 94);
      assert.equal((await padCharacters()).length, 94);
    }, 'Warning');
    assert.deepEqual(
      warnings.map(([sentence]) => sentence),
      ['The model "never-there" is gone or damaged: the pad uses the bundled one.'],
    );
    await set(Setting.model, 'tiny');
    assert.deepEqual(await padCharacters(), ['1', '2', '3']);
    for (const id of ['tiny', 'other']) await says(() => run(Command.removeModel, id));
    assert.deepEqual(await models(), ['Characters', 'Lines']);
  });
});

describe('a model that cannot be loaded', () => {
  let folder: string;

  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'scrawl-')), 'broken');
    await cp(path.join(__dirname, '..', '..', '..', 'media', 'models', 'characters'), folder, {
      recursive: true,
    });
  });

  afterEach(async () => {
    await set(Setting.model, undefined);
    await rm(path.dirname(folder), { recursive: true, force: true });
  });

  for (const [how, harm] of [
    ['cut off', () => truncate(path.join(folder, 'weights.bin'), 1000)],
    ['of a layer that nothing knows', () => breakLayer(path.join(folder, 'model.json'))],
  ] as const) {
    it(`${how} is not used: what is wrong is said, and the bundled one is offered`, async () => {
      await harm();
      const [asked = []] = await withStub(vscode.window, 'showErrorMessage', 'Use Bundled', async () => {
        const [said] = await says(() => run(Command.useModel, folder));
        assert.equal(said?.[0], 'The pad now uses Characters.');
      });
      assert.match(String(asked[0]), /^The pad cannot read with [^]+: /);
      assert.deepEqual(asked.slice(1), ['Use Bundled']);
      assert.equal(setting(), 'bundled');
    });
  }
});

/** Gives a model a layer that no library has. */
async function breakLayer(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replaceAll('"Conv2D"', '"Conv7D"').replaceAll('"Dense"', '"Dence"'));
}

describe('models of lines', () => {
  const BUNDLED = path.join(__dirname, '..', '..', '..', 'media', 'models', 'lines');
  let folder: string;

  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'scrawl-')), 'mine');
    await cp(BUNDLED, folder, { recursive: true });
    const card = path.join(folder, 'card.json');
    const text = await readFile(card, 'utf8');
    await writeFile(card, text.replace('"name": "Lines"', '"name": "My hand"'));
  });

  afterEach(async () => {
    await set(Setting.lineModel, undefined);
    await rm(path.dirname(folder), { recursive: true, force: true });
  });

  const offeredToUse = async () => (await offered(() => run(Command.useModel))).map(({ label }) => label);

  it('are used on the pad beside that of characters', async () => {
    const [said] = await says(() => run(Command.useModel, folder));
    assert.equal(said?.[0], 'The pad now reads words and lines with My hand.');
    const configuration = vscode.workspace.getConfiguration();
    assert.deepEqual(
      [configuration.get(Setting.lineModel), configuration.get(Setting.model)],
      [folder, 'bundled'],
    );
    assert.deepEqual(await offeredToUse(), ['Lines']);
    await says(() => run(Command.useModel, 'lines'));
    assert.equal(vscode.workspace.getConfiguration().get(Setting.lineModel), 'lines');
  });

  for (const [how, harm] of [
    ['gone', () => rm(folder, { recursive: true })],
    ['damaged', () => truncate(path.join(folder, 'weights.bin'), 1000)],
  ] as const) {
    it(`that are ${how} leave the pad the bundled one, with a sentence`, async () => {
      await harm();
      const said: string[] = [];
      const tell = (sentence: string) => void said.push(sentence);
      await withStub(vscode.window, 'showWarningMessage', tell, async () => {
        await set(Setting.lineModel, folder);
        await until('the sentence', () => said.length > 0);
        await run(Command.useModel, 'bundled');
      });
      assert.deepEqual(said, [
        `The model of lines "${folder}" is gone or damaged: the pad uses the bundled one.`,
      ]);
    });
  }
});
