import assert from 'node:assert/strict';
import { buildLineModel } from '../../../src/engine/training/lines/buildLineModel';
import { FRAME_STRIDE } from '../../../src/engine/training/lines/lineLearner';
import { FEATURES } from '../../../src/ink/lines/features';
import { STEP } from '../../../src/ink/lines/resample';
import { lineNetworkSchema, verifyLineNetwork, type LineNetwork } from '../../../src/networks/lineNetwork';
import { SCRAWL_LINE } from '../../../src/networks/scrawlLine';

const CLASSES = 95;
/** Way of the pen in a printed letter and on to the next one, in heights of the line. */
const LETTER = 2.4;

describe('a network that reads lines', () => {
  it('is a file like any other', () => {
    const text = JSON.stringify(SCRAWL_LINE);
    assert.deepEqual(lineNetworkSchema.parse(JSON.parse(text)), SCRAWL_LINE);
    assert.ok(!lineNetworkSchema.safeParse({ ...SCRAWL_LINE, input: [28, 28, 1] }).success);
    assert.ok(
      !lineNetworkSchema.safeParse({ ...SCRAWL_LINE, layers: [{ type: 'residual', layers: [] }] }).success,
    );
  });

  it('is counted as TensorFlow.js counts it', () => {
    const model = buildLineModel(SCRAWL_LINE, CLASSES, 1);
    const { parameters, stride, problem } = verifyLineNetwork(SCRAWL_LINE, CLASSES);
    assert.equal(problem, undefined);
    assert.equal(parameters, model.countParams());
    assert.equal(stride, FRAME_STRIDE);
    model.dispose();
  });

  it('as it ships has at most two million weights and sees six letters', () => {
    const { parameters, field } = verifyLineNetwork(SCRAWL_LINE, CLASSES);
    assert.equal(SCRAWL_LINE.input[1], FEATURES);
    assert.ok(parameters <= 2_000_000);
    assert.ok(field * STEP >= 6 * LETTER, `${field} points`);
  });

  it('says what is wrong with a residual block that changes its input', () => {
    const network: LineNetwork = {
      name: 'narrow',
      input: [null, 4],
      layers: [
        { type: 'residual', layers: [{ type: 'conv1d', filters: 8, kernelSize: 3, padding: 'same' }] },
      ],
    };
    assert.match(verifyLineNetwork(network, 3).problem ?? '', /^Layer 1 adds its result/);
  });
});
