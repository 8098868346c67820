import assert from 'node:assert/strict';
import { presetChoices, readNetworkText } from '../../../../src/host/training/networkChoices';
import { freeName, planOf } from '../../../../src/host/training/plan';
import { toValues, withValues } from '../../../../src/host/training/trainingDefaults';
import { runSettingsSchema } from '../../../../src/runs/runSettings';
import { PRESETS } from '../../../../src/networks/presets';

const defaults = runSettingsSchema.parse({});
const draft = { name: ' digits ', dataset: 'mnist', network: 'lenet-5', settings: toValues(defaults) };
const network = PRESETS['lenet-5'] ?? assert.fail('there is no LeNet');
const NOW = new Date('2026-01-02T03:04:05Z');

describe('the plan of a run', () => {
  it('is what the form holds', () => {
    const { run } = planOf(draft, network, NOW);
    assert.deepEqual(run, {
      name: 'digits',
      dataset: 'mnist',
      network,
      settings: defaults,
      created: NOW.toISOString(),
    });
  });

  it('names the model that it goes on from, and where TensorBoard reads', () => {
    const from = { model: 'bundled', frozen: ['conv2d_1'] };
    const { run } = planOf({ ...draft, from }, network, NOW, '/logs');
    assert.deepEqual([run?.from, run?.logDir], [from, '/logs']);
  });

  it('is of the first member where an ensemble is wanted', () => {
    const settings = { ...draft.settings, 'ensemble.members': 3, 'ensemble.combine': 'vote' };
    const { run } = planOf({ ...draft, settings }, network, NOW);
    assert.equal(run?.name, 'digits 1');
    const { id = '', ...ensemble } = run.ensemble ?? {};
    assert.deepEqual(ensemble, { name: 'digits', combine: 'vote', members: 3, member: 1 });
    assert.notEqual(id, planOf({ ...draft, settings }, network, NOW).run?.ensemble?.id);
    const none = planOf({ ...draft, settings: { ...settings, 'ensemble.members': 0 } }, network, NOW);
    assert.deepEqual(
      none.problems?.map(({ field }) => field),
      ['ensemble.members'],
    );
  });

  it('says what is wrong, at its field', () => {
    const settings = { ...draft.settings, epochs: 0, 'augmentation.shift': 11, nonsense: 1 };
    const { problems } = planOf({ ...draft, name: ' ', dataset: '', settings }, network, NOW);
    assert.deepEqual(
      problems?.map(({ field }) => field),
      ['name', 'dataset', 'epochs', 'augmentation.shift'],
    );
  });

  it('has a name that a model can have', () => {
    for (const name of ['two\nlines', 'a\ttab', 'x'.repeat(101)]) {
      const { problems } = planOf({ ...draft, name }, network, NOW);
      assert.deepEqual(
        problems?.map(({ field }) => field),
        ['name'],
      );
    }
  });

  it("takes the user's defaults, but for those that cannot be", () => {
    const values: Record<string, unknown> = {
      epochs: 3,
      optimizer: 'sgd',
      'augmentation.rotation': 9,
      seed: -1,
      loss: 7,
    };
    const settings = withValues(defaults, ({ name }) => values[name]);
    assert.deepEqual(settings, {
      ...defaults,
      epochs: 3,
      optimizer: 'sgd',
      augmentation: { ...defaults.augmentation, rotation: 9 },
    });
  });

  it('gives runs names of their own', () => {
    assert.equal(freeName('a', new Set()), 'a');
    assert.equal(freeName('a', new Set(['a', 'a 2'])), 'a 3');
  });

  it('offers every preset with its size, and refuses what cannot work', async () => {
    const choices = presetChoices();
    assert.deepEqual(
      choices.map(({ value }) => value),
      [...Object.keys(PRESETS), 'scrawl-line'],
    );
    assert.equal(choices.find(({ value }) => value === 'keras-mnist')?.detail, '1,198,592 parameters');
    assert.deepEqual(await choices[0]?.read(), Object.values(PRESETS)[0]);
    const broken = { name: 'x', input: [4, 4, 1], layers: [{ type: 'conv2d', filters: 1, kernelSize: 5 }] };
    assert.throws(() => readNetworkText(JSON.stringify(broken)), /Layer 1 \(conv2d\) of x cannot work/);
  });

  it('trains networks of lines too, and refuses those that cannot work', async () => {
    const lines = (await presetChoices().at(-1)?.read()) ?? assert.fail('there is no network of lines');
    assert.deepEqual(readNetworkText(JSON.stringify(lines)), lines);
    assert.deepEqual(planOf(draft, lines, NOW).run?.network, lines);
    const layers = [{ type: 'residual', layers: [{ type: 'conv1d', filters: 3, kernelSize: 5 }] }];
    const broken = { name: 'x', input: [null, 12], layers };
    assert.throws(() => readNetworkText(JSON.stringify(broken)), /x cannot work: Layer 1 adds its result/);
  });
});
