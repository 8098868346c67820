import { Command } from 'commander';
import assert from 'node:assert/strict';
import { addSettingOptions, chosenSettings } from '../../../src/cli/trainOptions';
import { settingsFor, type ChosenSettings } from '../../../src/runs/presetSettings';
import { RUN_SETTING_FIELDS } from '../../../src/runs/runSettingFields';
import { AUGMENTATIONS, runSettingsSchema } from '../../../src/runs/runSettings';

function chosen(...args: string[]): ChosenSettings {
  const command = addSettingOptions(new Command('train'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  command.parse(args, { from: 'user' });
  return chosenSettings(command.opts());
}

describe('the flags of a training', () => {
  it('are one for every setting, and say nothing that was not said', () => {
    assert.deepEqual(chosen(), {});
    const flags = addSettingOptions(new Command('train')).options.map(({ long }) => long);
    const ownFields = RUN_SETTING_FIELDS.filter(({ name }) => !name.includes('.'));
    assert.equal(flags.length, ownFields.length + 1);
    for (const flag of [
      '--batch-size',
      '--stop-at-accuracy',
      '--class-balancing',
      '--label-smoothing',
      '--augment',
    ])
      assert.ok(flags.includes(flag), flag);
  });

  it('are the settings that they name', () => {
    assert.deepEqual(
      chosen(
        '--epochs',
        '3',
        '--optimizer',
        'adamw',
        '--weight-decay',
        '0.01',
        '--class-balancing',
        'weights',
      ),
      { epochs: 3, optimizer: 'adamw', weightDecay: 0.01, classBalancing: 'weights' },
    );
    for (const wrong of [
      ['--epochs', '0'],
      ['--epochs', '1.5'],
      ['--loss', 'none'],
      ['--label-smoothing', '1'],
    ])
      assert.throws(() => chosen(...wrong));
  });

  it('vary the samples gently, by a name or by parts', () => {
    assert.deepEqual(chosen('--augment').augmentation, AUGMENTATIONS.gentle);
    assert.deepEqual(chosen('--augment', 'strong').augmentation, AUGMENTATIONS.strong);
    assert.deepEqual(chosen('--augment', 'none').augmentation, AUGMENTATIONS.none);
    const parts = chosen('--augment', 'shift=1, rotation=10').augmentation;
    assert.deepEqual(parts, { ...AUGMENTATIONS.none, shift: 1, rotation: 10 });
    for (const wrong of ['much', 'shift', 'shift=x', 'shift=99', 'fold=1', 'shift=1,']) {
      assert.throws(() => chosen('--augment', wrong), Error, wrong);
    }
  });
});

describe("a network's settings", () => {
  it('are its own where nothing else is chosen, and the defaults where it has none', () => {
    assert.deepEqual(settingsFor('my network', {}), runSettingsSchema.parse({}));
    const { optimizer, learningRate } = settingsFor('tf-tutorial', {});
    assert.deepEqual([optimizer, learningRate], ['sgd', 0.001]);
    assert.equal(settingsFor('tf-tutorial', { learningRate: 0.5 }).learningRate, 0.5);
  });

  it('have the learning rate that suits another optimizer where that is chosen', () => {
    assert.equal(settingsFor('tf-tutorial', { optimizer: 'adam' }).learningRate, 0.001);
    assert.equal(settingsFor('keras-mnist', { optimizer: 'momentum' }).learningRate, 0.02);
    assert.equal(settingsFor('my network', { optimizer: 'sgd' }).learningRate, 0.05);
  });
});
