import assert from 'node:assert/strict';
import path from 'node:path';
import { isRunning, parentOf } from '../harness/processTree';
import { until } from '../harness/until';
import { printOnFailure } from '../harness/printOnFailure';
import { Workbench } from '../harness/workbench';
import { handwritten } from '../harness/writer';

describe('Scrawl when things go wrong', () => {
  let workbench: Workbench;
  printOnFailure(() => workbench);

  beforeEach(async () => {
    workbench = await Workbench.open({
      extension: { development: path.resolve() },
      files: { 'note.txt': '' },
    });
    await workbench.openFile('note.txt');
  });

  afterEach(() => workbench.close());

  it('recognizes the next sketch after its engine was killed', async () => {
    const pad = await workbench.openPad();
    await pad.draw(handwritten('A'));
    await pad.untilRead('A');
    const [engine, ...others] = workbench.engines();
    assert.ok(engine);
    assert.deepEqual(others, []);
    process.kill(engine, 'SIGKILL');
    await until('the engine to be gone', () => !isRunning(engine));
    await pad.press('Escape');
    await pad.untilEmpty();
    await pad.draw(handwritten('3'));
    await pad.untilRead('3');
    assert.equal(workbench.engines().length, 1);
  });

  it('still has the ink after the window was reloaded', async () => {
    await (await workbench.openPad()).draw(handwritten('A'));
    await (await workbench.pad()).untilRead('A');
    await workbench.reload();
    const pad = await workbench.pad();
    await pad.untilRead('A');
    await pad.press('Enter');
    await pad.untilEmpty();
    await workbench.save();
    await workbench.untilFileHolds('note.txt', 'A');
  });

  it('leaves no engine behind when its extension host dies', async () => {
    const pad = await workbench.openPad();
    await pad.draw(handwritten('A'));
    await pad.untilRead('A');
    const [engine] = workbench.engines();
    assert.ok(engine);
    process.kill(parentOf(engine), 'SIGKILL');
    await until('the engine to end', () => !isRunning(engine));
  });
});
