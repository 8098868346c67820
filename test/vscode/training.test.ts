import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { Command, Setting } from '../../src/host/names';
import { until } from '../harness/until';

const ROOT = path.join(__dirname, '..', '..', '..');
const REAL = path.join(ROOT, '..', 'shared', 'data', 'mnist');
/** Real digits where there are some, else the few samples that the tests bring. */
const DATA = existsSync(REAL) ? REAL : path.join(ROOT, 'test', 'fixtures', 'emnist');
/** Enough that a run of three epochs can be paused before it ends. */
const SETTINGS = { epochs: 3, limit: 1000, batchSize: 32, validationSplit: 0.1 };

const run = (command: Command, ...args: unknown[]) => vscode.commands.executeCommand(command, ...args);

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
    showErrorMessage: vscode.window.showErrorMessage,
  };

  constructor() {
    const hear = (message: string) => {
      this.heard.push(message);
      return Promise.resolve(undefined);
    };
    const answers = {
      showQuickPick: (items: readonly vscode.QuickPickItem[], options: vscode.QuickPickOptions) =>
        Promise.resolve(options.canPickMany ? items.slice(0, 1) : chosen(items)),
      showOpenDialog: () => Promise.resolve([vscode.Uri.file(DATA)]),
      showInputBox: (options: vscode.InputBoxOptions) => Promise.resolve(options.value),
      showInformationMessage: hear,
      showErrorMessage: hear,
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
  const set = (name: string, value: unknown) =>
    vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);

  before(async () => {
    await vscode.extensions.getExtension('scrawl.scrawl')?.activate();
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
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const tab = await until('the tab', () => tabs().find(({ label }) => label === name));
    await vscode.window.tabGroups.close(tab);
  };

  /** The name of a model that was trained here. */
  const trainedModel = async () => {
    const label = DATA === REAL ? 'mnist' : 'emnist';
    return Promise.resolve(`${label} cntk-strided`);
  };

  it('says what to do before anything was trained', async () => {
    for (const command of [Command.pauseRun, Command.stopRun, Command.cancelRun, Command.resumeRun]) {
      await run(command);
    }
    assert.equal(person.heard.length, 4);
    for (const message of person.heard) assert.match(message, /run "Scrawl: Train Model…"/);
  });

  it('starts nothing on a folder that holds no dataset', async () => {
    await run(Command.trainModel, path.join(ROOT, 'webview'));
    await person.hears(/webview holds no dataset that Scrawl can read/);
    await run(Command.resumeRun);
    await person.hears(/There is no run to go on with/);
  });

  it('trains with the answers that are chosen already, is paused, goes on and finishes', async () => {
    await run(Command.trainModel, DATA);
    await run(Command.pauseRun);
    await until('the run to be paused', async () => {
      // a run that is paused can go on
      const before = person.heard.length;
      await run(Command.resumeRun);
      return person.heard.length === before;
    });
    await person.hears(/ is trained: \d+\.\d+% right after 3 epochs\.$/);
  }).timeout(120_000);

  it('stops a run and keeps its model', async () => {
    await set('scrawl.training.epochs', 1000);
    await run(Command.trainModel, DATA);
    await run(Command.stopRun);
    await person.hears(/ is trained/);
    await set('scrawl.training.epochs', SETTINGS.epochs);
  }).timeout(120_000);

  it('cancels a run', async () => {
    await set('scrawl.training.epochs', 1000);
    await run(Command.trainModel, DATA);
    await run(Command.cancelRun);
    await person.hears(/ is cancelled\.$/);
    await set('scrawl.training.epochs', SETTINGS.epochs);
  }).timeout(120_000);

  it('goes on from a model, with its first layer frozen', async () => {
    await run(Command.continueTraining, await trainedModel());
    await person.hears(/ on mnist is trained: \d+\.\d+% right| on emnist is trained/);
  }).timeout(120_000);

  it("trains again with a model's settings, in the form", async () => {
    await run(Command.duplicateModelSettings, await trainedModel());
    await closed('Train Model');
  });

  it('removes a run', async () => {
    await run(Command.removeRun);
    await person.hears(/^The run .* is removed\.$/);
  });

  it('opens the form with all choices', async () => {
    const answer = vscode.window.showQuickPick;
    Object.assign(vscode.window, {
      showQuickPick: (items: readonly vscode.QuickPickItem[]) =>
        Promise.resolve(chosen(items, ['More Options…'])),
    });
    await run(Command.trainModel, DATA);
    vscode.window.showQuickPick = answer;
    await closed('Train Model');
  });

  it('writes no curves for TensorBoard unless it is told where to', () => {
    assert.equal(vscode.workspace.getConfiguration().get(Setting.trainingLogDir), '');
  });
});
