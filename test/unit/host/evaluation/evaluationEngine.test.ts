import assert from 'node:assert/strict';
import path from 'node:path';
import { EvaluationEngine } from '../../../../src/host/evaluation/evaluationEngine';
import type { BackendChoice } from '../../../../src/models/runSettings';
import { modelInfoSchema, modelRequest } from '../../../../src/protocol/engine';

describe('the engine of evaluations', () => {
  it('computes on what the person chose, and on another backend once that is chosen', async () => {
    let chosen: BackendChoice = 'auto';
    const quiet = () => undefined;
    const log = { info: quiet, warn: quiet, error: quiet };
    const script = path.resolve('test/unit/host/fakeEngine.mjs');
    const engine = new EvaluationEngine(script, log, '/home', () => chosen);
    const told = async () => {
      const { classes } = await engine.request(modelRequest, { model: 'x' }, modelInfoSchema);
      return classes.slice(1).join(' ');
    };
    try {
      assert.equal(await told(), '--backend auto --home /home');
      chosen = 'webgpu';
      assert.equal(await told(), '--backend webgpu --home /home');
    } finally {
      engine.dispose();
    }
  });
});
