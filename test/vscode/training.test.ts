import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { Command, Setting } from '../../src/host/shell/names';
import { until } from '../harness/until';
import { offered, picking, run, says, set } from './support/commands';
import { tabs } from './support/tabs';

const ROOT = path.join(__dirname, '..', '..', '..');
const REAL = path.join(ROOT, '..', 'shared', 'data', 'mnist');
/** Real digits where there are some, else the few samples that the tests bring. */
const DATA = existsSync(REAL) ? REAL : path.join(ROOT, 'test', 'fixtures', 'emnist');
/** Enough that a run of three epochs can be paused before it ends. */
const SETTINGS = { epochs: 3, limit: 1000, batchSize: 32, validationSplit: 0.1 };

/** Of a list the answer that is chosen already, but for a network that is quick and data that is here. */
function chosen(items: readonly vscode.QuickPickItem[], wanted = ['cntk-strided', 'From a Folder…']) {
  return items.find(({ label }) => wanted.includes(label)) ?? items[0];
}

/** Answers what VS Code asks, and remembers what it says. */
class Person {
  readonly heard: string[] = [];
  private readonly originals = {
    showQuickPick: vscode.window.showQuickPick,
    showInputBox: vscode.window.showInputBox,
    showOpenDialog: vscode.window.showOpenDialog,
    showInformationMessage: vscode.window.showInformationMessage,
  };

  constructor() {
    const answers = {
      showQuickPick: (items: readonly vscode.QuickPickItem[], options: vscode.QuickPickOptions) =>
        Promise.resolve(options.canPickMany ? items.slice(0, 1) : chosen(items)),
      showOpenDialog: () => Promise.resolve([vscode.Uri.file(DATA)]),
      showInputBox: (options: vscode.InputBoxOptions) => Promise.resolve(options.value),
      showInformationMessage: (message: string) => {
        this.heard.push(message);
        return Promise.resolve(undefined);
      },
    };
    Object.assign(vscode.window, answers);
  }

  leave(): void {
    Object.assign(vscode.window, this.originals);
  }

  hears(pattern: RegExp): Promise<string> {
    const found = () => this.heard.find((message) => pattern.test(message));
    return until(`${pattern.source} among ${JSON.stringify(this.heard)}`, found, 60_000);
  }
}

describe('training', () => {
  let person: Person;

  before(async () => {
    for (const [name, value] of Object.entries(SETTINGS)) await set(`scrawl.training.${name}`, value);
  });

  after(async () => {
    for (const name of Object.keys(SETTINGS)) await set(`scrawl.training.${name}`, undefined);
  });

  beforeEach(() => {
    person = new Person();
  });

  afterEach(() => person.leave());

  /** Waits for a tab, and closes it. */
  const closed = async (name: string) => {
    const tab = await until('the tab', () => tabs().find(({ label }) => label === name));
    await vscode.window.tabGroups.close(tab);
  };

  /** The name of the first model that was trained here. */
  const trained = `${DATA === REAL ? 'mnist' : 'emnist'} cntk-strided`;
  const models = async () => (await offered(() => run(Command.exportModel))).map(({ label }) => label);
  /** What a command says that cannot do what it is asked for. */
  const refused = async (command: Command, ...args: unknown[]) => {
    const said = await says(() => run(command, ...args), 'Error');
    return said.map(([message]) => String(message)).join(' ');
  };

  it('says what to do before anything was trained', async () => {
    for (const command of [Command.pauseRun, Command.stopRun, Command.cancelRun, Command.resumeRun]) {
      assert.match(await refused(command), /run "Scrawl: Train Model…"/);
    }
    assert.deepEqual(person.heard, []);
  });

  it('starts nothing on a folder that holds no dataset', async () => {
    const folder = path.join(ROOT, 'webview');
    assert.match(await refused(Command.trainModel, folder), /webview holds no dataset that Scrawl can read/);
    assert.match(await refused(Command.resumeRun), /There is no run to resume/);
  });

  it('trains with the answers that are chosen already, is paused, goes on and finishes', async () => {
    await run(Command.trainModel, DATA);
    await run(Command.pauseRun);
    // a run that is paused can go on
    await until('the run to be paused', async () => (await refused(Command.resumeRun)) === '');
    await person.hears(/ is trained: \d+\.\d+% right after 3 epochs\.$/);
    assert.deepEqual(await models(), ['Characters', 'Lines', trained]);
  }).timeout(120_000);

  it('stops a run and keeps its model', async () => {
    await set('scrawl.training.epochs', 1000);
    await run(Command.trainModel, DATA);
    await run(Command.stopRun);
    await person.hears(/ is trained/);
    assert.equal((await models()).length, 4);
    await set('scrawl.training.epochs', SETTINGS.epochs);
  }).timeout(120_000);

  it('cancels a run', async () => {
    await set('scrawl.training.epochs', 1000);
    await run(Command.trainModel, DATA);
    await run(Command.cancelRun);
    await person.hears(/ is canceled\.$/);
    assert.equal((await models()).length, 4);
    await set('scrawl.training.epochs', SETTINGS.epochs);
  }).timeout(120_000);

  it('goes on from a model, with its first layer frozen', async () => {
    await run(Command.continueTraining, trained);
    await person.hears(/ on mnist is trained: \d+\.\d+% right| on emnist is trained/);
  }).timeout(120_000);

  it("trains again with a model's settings, in the form", async () => {
    await run(Command.duplicateModelSettings, trained);
    await closed('Train Model');
  });

  it('removes a run', async () => {
    await run(Command.removeRun);
    await person.hears(/^The run .* is removed\.$/);
  });

  it('opens the form with all choices', async () => {
    await picking('More Options…', () => run(Command.trainModel, DATA));
    await closed('Train Model');
  });

  it('goes on from a model of lines, on ink alone', async () => {
    const asked: string[][] = [];
    const answer = (items: readonly vscode.QuickPickItem[], { canPickMany }: vscode.QuickPickOptions) => {
      asked.push(items.map(({ label }) => label));
      return Promise.resolve(
        canPickMany ? items.slice(0, 1) : chosen(items, ['From a File…', 'More Options…']),
      );
    };
    Object.assign(vscode.window, { showQuickPick: answer });
    await run(Command.continueTraining, 'lines');
    const [data = [], layers = []] = asked;
    assert.ok(!data.includes('EMNIST Balanced') && data.includes('From a File…'), data.join(', '));
    assert.deepEqual([layers[0], layers.at(-1)], ['conv1d_1', 'output']);
    await closed('Continue Training');
  });

  it('writes no curves for TensorBoard unless it is told where to', () => {
    assert.equal(vscode.workspace.getConfiguration().get(Setting.trainingLogDir), '');
  });
});
