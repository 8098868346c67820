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

  it('have what a run would start with as it is, and sizes around it', () => {
    const { network } = answers('lenet-5');
    const layers = [{ type: 'dense', units: 128 }] as typeof network.layers;
    const settings = settingsFor('lenet-5', { learningRate: 0.00123 });
    const grid = proposedParameters('grid', { ...network, layers } as typeof network, settings);
    const typed = grid.map((each) => each.typed);
    assert.ok(typed.includes('layers.1.units=64,128,256'), typed.join(' '));
    assert.ok(typed.includes('learning-rate=0.00041,0.00123,0.0037'), typed.join(' '));
  });

  it('leave out a network whose name cannot be typed', () => {
    const { network } = answers('lenet-5');
    const settings = settingsFor('lenet-5', {});
    const named = (name: string) =>
      proposedParameters('random', { ...network, name }, settings).find(({ label }) => label === 'Network');
    const others = Object.keys(PRESETS);
    assert.equal(named('My Net')?.typed, `network=My Net,${others.slice(0, 2).join(',')}`);
    for (const name of ['Mine, wide', 'rate=1'])
      assert.equal(named(name)?.typed, `network=${others.slice(0, 3).join(',')}`);
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

  it('may name networks with spaces in their names', () => {
    const { network } = answers('lenet-5');
    const networks = { ...NETWORKS, 'My Net': { ...network, name: 'My Net' } };
    const parameters = 'network=My Net, lenet-5 batch-size=32,64\n';
    const { sweep, runs } = plannedSweep(answers('lenet-5', { method: 'grid', parameters, networks }), NOW);
    assert.deepEqual(
      sweep.parameters.map((each) => each.kind === 'values' && each.values),
      [
        ['My Net', 'lenet-5'],
        [32, 64],
      ],
    );
    assert.deepEqual([...new Set(runs.map((run) => run.network.name))], ['My Net', 'lenet-5']);
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
