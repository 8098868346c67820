import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { UserError } from '../../src/base/userError';
import { report } from '../../src/host/shell/report';
import { BackendLost, Canceled } from '../../src/protocol/failures';

describe('what is told of a failure', () => {
  const { showErrorMessage } = vscode.window;
  let log: vscode.LogOutputChannel;
  let told: string[];
  let answer: string | undefined;

  before(() => {
    log = vscode.window.createOutputChannel('Scrawl: report.test', { log: true });
  });
  beforeEach(() => {
    told = [];
    vscode.window.showErrorMessage = (message: string, ...actions: unknown[]) => {
      told.push([message, ...actions.map(String)].join(' | '));
      return Promise.resolve(answer as never);
    };
  });
  afterEach(() => {
    answer = undefined;
    vscode.window.showErrorMessage = showErrorMessage;
  });
  after(() => log.dispose());

  it('has a button that does it again where that can be', async () => {
    answer = 'Retry';
    let times = 0;
    await report(new UserError('The disk is full: make room.'), log, () => times++);
    assert.deepEqual(told, ['The disk is full: make room. | Retry | Show Log']);
    assert.equal(times, 1);
  });

  it('has a button for the log where nothing else helps, and for the backend that was lost', async () => {
    await report(new TypeError('x is undefined'), log);
    await report(new BackendLost('The GPU is gone.'), log);
    assert.deepEqual(told, [
      'Scrawl failed at this: run "Scrawl: Show Log" to see why. | Show Log',
      'The GPU is gone. | Select Backend…',
    ]);
  });

  it('is nothing where it was given up on purpose', async () => {
    await report(new Canceled(), log, () => assert.fail('done again'));
    assert.deepEqual(told, []);
  });
});
