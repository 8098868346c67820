import assert from 'node:assert/strict';
import { plannedSweep, type SweepAnswers } from '../../../../../src/host/training/sweeps/plannedSweep';
import { proposedParameters } from '../../../../../src/host/training/sweeps/proposedParameters';
import { PRESETS } from '../../../../../src/networks/presets';
import { LINE_PRESETS } from '../../../../../src/networks/scrawlLine';
import { settingsFor } from '../../../../../src/runs/presetSettings';
import { SWEEP_METHODS, type SweepMethod } from '../../../../../src/runs/sweep/sweepFile';

const NETWORKS = { ...PRESETS, ...LINE_PRESETS };
const NOW = new Date('2026-01-02T03:04:05Z');

function answers(name: string, more: Partial<SweepAnswers> = {}): SweepAnswers {
  const network = NETWORKS[name];
  assert.ok(network);
  return {
    ...{ name: 'digits', dataset: 'mnist', network, networks: NETWORKS, chosen: {} },
    ...{ method: 'halving', parameters: 'batch-size=32,64', count: 4 },
    ...more,
  };
}

const proposed = (name: string, method: SweepMethod) => {
  const { network } = answers(name);
  return proposedParameters(method, network, settingsFor(name, {}));
};

describe('the parameters that a sweep proposes', () => {
  it('lie around what a run would start with, the usual ones chosen already', () => {
    const usual = proposed('lenet-5', 'halving').filter((each) => each.usual);
    assert.deepEqual(
      usual.map(({ label, typed }) => [label, typed]),
      [
        ['Learning rate', 'learning-rate=0.0002..0.02'],
        ['Batch size', 'batch-size=64,128,256'],
        ['Shift', 'augment.shift=0..2'],
      ],
    );
  });

  it('name networks and sizes of layers, too', () => {
    const typed = proposed('lenet-5', 'random').map((each) => each.typed);
    assert.ok(typed.some((each) => each.startsWith('network=lenet-5,')));
    assert.ok(
      typed.some((each) => /^layers\.\d+\.(units|filters)=\d+\.\.\d+$/.test(each)),
      typed.join(' '),
    );
  });

  for (const method of SWEEP_METHODS) {
    it(`can each be searched (${method})`, () => {
      for (const name of ['emnist-cnn', 'lenet-5', 'scrawl-line']) {
        for (const { typed } of proposed(name, method)) {
          const { sweep } = plannedSweep(answers(name, { method, parameters: typed }), NOW);
          assert.equal(sweep.parameters.length, 1, typed);
        }
      }
    });
  }
});

describe('the plan of a sweep', () => {
  it('has what was answered, a run for each trial', () => {
    const parameters = ' learning-rate=0.001..0.1  network=lenet-5,keras-mnist ';
    const { sweep, runs } = plannedSweep(answers('lenet-5', { parameters, chosen: { epochs: 5 } }), NOW);
    assert.deepEqual(
      sweep.parameters.map(({ name, kind }) => [name, kind]),
      [
        ['learningRate', 'range'],
        ['network', 'values'],
      ],
    );
    assert.equal(sweep.epochs, 5);
    assert.equal(sweep.created, NOW.toISOString());
    assert.deepEqual(
      runs.map(({ network, settings }) => [network.name, settings.learningRate]),
      sweep.trials.map(({ values }) => [values['network'], values['learningRate']]),
    );
    assert.equal(runs.length, 4);
  });

  it('has every combination of a grid', () => {
    const parameters = 'batch-size=32,64 seed=1,2,3';
    assert.equal(plannedSweep(answers('lenet-5', { method: 'grid', parameters }), NOW).runs.length, 6);
  });

  it('says what is wrong with the answers', () => {
    for (const [parameters, reason] of [
      ['', /Give what is to be tried/],
      ['batch-size', /is no parameter/],
      ['network=lenet-5,nothing', /There is no network "nothing": give some of /],
      ['seed=1,2 seed=3', /seed is varied twice/],
    ] as const) {
      assert.throws(() => plannedSweep(answers('lenet-5', { parameters }), NOW), reason);
    }
  });
});
