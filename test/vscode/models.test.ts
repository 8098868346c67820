import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Command, Setting } from '../../src/host/names';
import { until } from '../harness/until';
import { withStub } from './stub';
import { writeModel } from './writtenModel';

const run = (command: Command, ...args: unknown[]) => vscode.commands.executeCommand(command, ...args);
const says = (work: () => PromiseLike<unknown>, kind: 'Information' | 'Warning' | 'Error' = 'Information') =>
  withStub(vscode.window, `show${kind}Message`, undefined, () => Promise.resolve(work()));
const setting = () => vscode.workspace.getConfiguration().get(Setting.model);

describe('models', () => {
  let folder: string;

  before(async () => {
    await vscode.extensions.getExtension('scrawl.scrawl')?.activate();
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    await writeModel(path.join(folder, 'tiny'), ['1', '2', '3'], 1);
    await writeModel(path.join(folder, 'other'), ['3', '2', '1'], 1);
  });

  after(async () => {
    await vscode.workspace
      .getConfiguration()
      .update(Setting.model, undefined, vscode.ConfigurationTarget.Global);
    await rm(folder, { recursive: true, force: true });
  });

  /** The models that a command offers. */
  const offered = async (command: Command = Command.exportModel): Promise<string[]> => {
    const calls = await withStub(vscode.window, 'showQuickPick', undefined, () =>
      Promise.resolve(run(command)),
    );
    return (calls[0]?.[0] as vscode.QuickPickItem[]).map(({ label }) => label);
  };

  /** The characters that the pad may give: those of the model that it reads with. */
  const characters = async (): Promise<string[]> => {
    let items: string[] | undefined;
    await withStub(
      vscode.window,
      'showQuickPick',
      (given: string[]) => void (items = given),
      async () => {
        await run(Command.pickCharacter);
        await until('the characters', () => items !== undefined);
      },
    );
    return items ?? [];
  };

  const imported = (name: string) =>
    withStub(vscode.window, 'showInputBox', name, async () => {
      const said = await says(() => run(Command.importModel, vscode.Uri.file(path.join(folder, name))));
      assert.match(String(said[0]?.[0]), new RegExp(`${name} is here: it gives 3 classes`));
    });

  it('says what to do before there is any of one’s own', async () => {
    assert.deepEqual(await offered(), ['Scrawl']);
    for (const command of [Command.renameModel, Command.removeModel, Command.createEnsemble]) {
      const [said] = await says(() => run(command), 'Error');
      assert.match(String(said?.[0]), /train or import/, command);
    }
    assert.equal((await characters()).length, 94);
  });

  it('imports, and lists what it imported', async () => {
    await imported('tiny');
    await imported('other');
    assert.deepEqual(await offered(), ['Scrawl', 'other', 'tiny']);
  });

  it('says why a folder cannot be imported', async () => {
    await mkdir(path.join(folder, 'empty'));
    await writeFile(path.join(folder, 'empty', 'classes.txt'), 'a\nb');
    await withStub(vscode.window, 'showInputBox', 'empty', async () => {
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
            assert.match(String(said?.[0]), /typed is here/);
          },
        ),
    );
    await says(() => run(Command.removeModel, 'typed'));
  });

  it('reads with the model that is used on the pad', async () => {
    const [said] = await says(() => run(Command.useModel, 'tiny'));
    assert.equal(said?.[0], 'The pad reads with tiny now.');
    assert.equal(setting(), 'tiny');
    assert.deepEqual(await characters(), ['1', '2', '3']);
    assert.deepEqual(await offered(Command.useModel), ['Scrawl', 'other']);
  });

  it('renames, and goes on reading with it', async () => {
    await withStub(vscode.window, 'showInputBox', 'Digits', () =>
      Promise.resolve(run(Command.renameModel, 'tiny')),
    );
    assert.deepEqual(await offered(), ['Scrawl', 'Digits', 'other']);
    assert.deepEqual(await characters(), ['1', '2', '3']);
  });

  it('shows a card', async () => {
    await run(Command.showModelCard, 'tiny');
    const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await until('the card', () => labels().some((label) => label.includes('Digits')));
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

  it('makes an ensemble that reads as any model', async () => {
    const pick = (items: (vscode.QuickPickItem & { combine?: string })[], { canPickMany = false } = {}) =>
      canPickMany ? items.filter(({ label }) => label !== 'Scrawl') : items[0];
    await withStub(vscode.window, 'showQuickPick', pick, () =>
      withStub(vscode.window, 'showInputBox', 'Both', async () => {
        const [said] = await says(() => run(Command.createEnsemble));
        assert.equal(said?.[0], 'Both is here: 2 models that answer as one.');
      }),
    );
    await says(() => run(Command.useModel, 'both'));
    assert.deepEqual((await characters()).sort(), ['1', '2', '3']);
  });

  it('removes, with undo; without one the pad reads with the bundled model', async () => {
    await withStub(vscode.window, 'showInformationMessage', 'Undo', () =>
      Promise.resolve(run(Command.removeModel, 'both')),
    );
    assert.ok((await offered()).includes('Both'));
    assert.equal((await characters()).length, 3);
    const [said] = await says(() => run(Command.removeModel, 'both'));
    assert.equal(said?.[0], 'Both is removed. The pad reads with the bundled model again.');
    assert.equal((await characters()).length, 94);
  });

  it('says once that the model of the setting is gone', async () => {
    const set = (reference: string) =>
      vscode.workspace.getConfiguration().update(Setting.model, reference, vscode.ConfigurationTarget.Global);
    const warnings = await says(async () => {
      await set('never-there');
      assert.equal((await characters()).length, 94);
      assert.equal((await characters()).length, 94);
    }, 'Warning');
    assert.deepEqual(
      warnings.map(([sentence]) => sentence),
      ['The model "never-there" is gone or damaged: the pad reads with the bundled one.'],
    );
    await set('tiny');
    assert.deepEqual(await characters(), ['1', '2', '3']);
    for (const id of ['tiny', 'other']) await says(() => run(Command.removeModel, id));
    assert.deepEqual(await offered(), ['Scrawl']);
  });
});
