// Commands report their errors and swallow them: a test in which one is reported that it does not expect has failed.
import * as vscode from 'vscode';

/** Errors that were told since the last test, but those that a stand-in for `showErrorMessage` took. */
const told: string[] = [];

before(async () => {
  await vscode.extensions.getExtension('scrawl.scrawl')?.activate();
  vscode.window.showErrorMessage = (message: string) => {
    told.push(message);
    return Promise.resolve(undefined);
  };
});

beforeEach(function () {
  const test = this.currentTest;
  const run = test?.fn;
  if (!run) return;
  // what fails in a hook that all tests have would end the whole run
  test.fn = async function (this: Mocha.Context) {
    await (run as Mocha.AsyncFunc).call(this);
    if (told.length > 0) throw new Error(`Scrawl reported: ${told.splice(0).join(' ')}`);
  };
});
