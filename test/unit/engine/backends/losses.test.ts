import assert from 'node:assert/strict';
import path from 'node:path';
import { COMPARED, furthestApart, STEPS, TOLERANCE } from '../../../backends/comparison';
import { train } from '../../../backends/train';
import type { TrainTask } from '../../../backends/trainProgram';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';

const PROGRAM = path.resolve('out', 'test', 'backends', 'trainProgram.js');

describe('the losses of the first 20 steps', function () {
  this.timeout(120_000);
  let home: string;
  let reference: readonly number[];
  const losses = (backend: TrainTask['backend']) =>
    train(PROGRAM, { backend, home, losses: { training: COMPARED, steps: STEPS } });

  before(async () => {
    home = await makeScratchFolder();
    const result = await losses('cpu');
    assert.ok(result.available);
    reference = result.losses;
    assert.ok((reference.at(-1) ?? Infinity) < (reference[0] ?? 0), 'it learns');
  });
  after(() => removeScratchFolder(home));

  it('are the same on wasm as in plain JavaScript', async () => {
    const result = await losses('wasm');
    assert.ok(result.available);
    assert.ok(furthestApart(result.losses, reference) < TOLERANCE);
  });

  it('are the same on webgpu', async function () {
    const result = await losses('webgpu');
    if (!result.available) {
      console.log(`      skipped because ${result.reason}: ${result.remedy}`);
      return this.skip();
    }
    console.log(`      on ${result.device.driver ?? result.device.device}`);
    assert.ok(furthestApart(result.losses, reference) < TOLERANCE);
  });
});
