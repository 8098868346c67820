import assert from 'node:assert/strict';
import path from 'node:path';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { openDataset } from '../../../../src/datasets/open';
import { DeviceLoss } from '../../../../src/engine/backends/deviceLoss';
import { BackendLostError } from '../../../../src/engine/backends/errors';
import { startWasm } from '../../../../src/engine/backends/wasm/wasmBackend';
import type { RunCheckpoint } from '../../../../src/engine/training/checkpoint';
import { trainNetwork, type RunJob } from '../../../../src/engine/training/trainNetwork';
import { Trainer } from '../../../../src/engine/training/trainer';
import { runSettingsSchema } from '../../../../src/runs/runSettings';

const weightsOf = (layers: LayersModel | undefined) =>
  Promise.all((layers?.getWeights() ?? []).map(async (tensor) => [...(await tensor.data())]));

async function job(loss?: DeviceLoss): Promise<RunJob> {
  const settings = runSettingsSchema.parse({ epochs: 3, batchSize: 64, validationSplit: 0 });
  return {
    dataset: await openDataset(path.resolve('test', 'fixtures', 'emnist')),
    run: {
      name: 'lost',
      network: { name: 'linear', input: [28, 28, 1], layers: [{ type: 'flatten' }] },
      settings,
    },
    backend: 'wasm',
    threads: { threads: 0 },
    guard: loss && ((work) => loss.guard(work)),
  };
}

describe('a run whose device is lost', () => {
  before(() => startWasm());

  it('ends with a sentence, and goes on elsewhere from its checkpoint as if nothing had been', async () => {
    const whole = await trainNetwork(await job());
    const loss = new DeviceLoss('webgpu');
    let kept: RunCheckpoint | undefined;
    const lost = trainNetwork(await job(loss), {
      onCheckpoint: (checkpoint) => {
        kept = checkpoint;
        loss.lose(new Error('the driver was reset'));
        return Promise.resolve();
      },
    });
    await assert.rejects(lost, (error) => error instanceof BackendLostError && error.loss === 'device');
    assert.ok(kept);
    const resumed = await trainNetwork(await job(), {}, kept);
    assert.deepEqual(await weightsOf(resumed.model?.layers), await weightsOf(whole.model?.layers));
    assert.equal(resumed.history.length, 3);
  });

  it('while its weights are read says so too', async () => {
    const failures = ['saveWeights', 'save', 'restoreWeights'] as const;
    for (const part of failures) {
      const real = Object.getOwnPropertyDescriptor(Trainer.prototype, part) ?? assert.fail(part);
      const fails = () => {
        throw new Error('RESOURCE_EXHAUSTED: no room to read into');
      };
      Object.defineProperty(Trainer.prototype, part, { ...real, value: fails });
      try {
        const settings = runSettingsSchema.parse({ epochs: 1, validationSplit: 0.2 });
        const { run: file, ...rest } = await job(new DeviceLoss('webgpu'));
        const lost = trainNetwork(
          { ...rest, run: { ...file, settings } },
          { onCheckpoint: () => Promise.resolve() },
        );
        await assert.rejects(
          lost,
          (error) => error instanceof BackendLostError && error.loss === 'memory',
          part,
        );
      } finally {
        Object.defineProperty(Trainer.prototype, part, real);
      }
    }
  });
});
