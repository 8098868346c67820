import assert from 'node:assert/strict';
import { PRESETS } from '../../../../src/networks/presets';
import { checkParameters, parseParameter, trialRun } from '../../../../src/runs/sweep/parameters';

const LENET = PRESETS['lenet-5'];

describe('the parameters of a sweep', () => {
  it('are settings, networks and parameters of layers, as they are typed', () => {
    assert.deepEqual(parseParameter('batch-size=32, 64'), {
      kind: 'values',
      name: 'batchSize',
      values: [32, 64],
    });
    assert.deepEqual(parseParameter('learning-rate=1e-4..1e-2'), {
      kind: 'range',
      name: 'learningRate',
      least: 0.0001,
      most: 0.01,
      whole: false,
      logarithmic: true,
    });
    assert.deepEqual(parseParameter('augment.rotation=0..15'), {
      kind: 'range',
      name: 'augmentation.rotation',
      least: 0,
      most: 15,
      whole: false,
      logarithmic: false,
    });
    assert.deepEqual(parseParameter('network=lenet-5,mine.scrawlnet.json').name, 'network');
  });

  it('say what is wrong with them', () => {
    for (const [text, reason] of [
      ['batch-size', /is no parameter/],
      ['batchsize=3', /no parameter "batchsize"/],
      ['epochs=3,4', /no parameter "epochs"/],
      ['batch-size=0', /from 1 to 4096/],
      ['batch-size=1.5', /whole numbers/],
      ['batch-size=many', /give numbers/],
      ['optimizer=lion', /give sgd, momentum/],
      ['optimizer=1..2', /no range/],
      ['learning-rate=0.1..0.01', /smaller number first/],
    ] as const) {
      assert.throws(() => parseParameter(text), reason, text);
    }
    assert.throws(() => checkParameters(['seed=1,2', 'seed=3'].map(parseParameter), 'grid'), /varied twice/);
    const mixed = ['network=lenet-5,keras-mnist', 'layers.1.filters=4,8'].map(parseParameter);
    assert.throws(() => checkParameters(mixed, 'grid'), /one network only/);
  });

  it('make the network and the settings of a trial', () => {
    assert.ok(LENET);
    const base = { network: LENET, networks: {}, chosen: { epochs: 3 } };
    const place = LENET.layers.findIndex(({ type }) => type === 'dense');
    const values = { [`layers.${place + 1}.units`]: 50, learningRate: 0.01, 'augmentation.shift': 2 };
    const { network, settings } = trialRun(base, values);
    assert.deepEqual(network.layers[place], { ...LENET.layers[place], units: 50 });
    assert.deepEqual([settings.epochs, settings.learningRate, settings.augmentation.shift], [3, 0.01, 2]);
    assert.ok(settings.augmentation.rotation > 0, 'the rest is as it suits the network');
    assert.throws(() => trialRun(base, { [`layers.${place + 1}.units`]: 0 }), /cannot have units 0/);
    assert.throws(() => trialRun(base, { 'layers.99.units': 5 }), /no layer 99/);
  });

  it('take the settings that suit the network of each trial', () => {
    const networks = Object.fromEntries(Object.entries(PRESETS));
    assert.ok(LENET);
    const base = { network: LENET, networks, chosen: { epochs: 2 } };
    const { network, settings } = trialRun(base, { network: 'cntk-strided' });
    assert.equal(network.name, 'cntk-strided');
    assert.deepEqual([settings.optimizer, settings.epochs], ['sgd', 2]);
  });
});
