import assert from 'node:assert/strict';
import {
  RUN_SETTING_FIELDS,
  SETTING_GROUPS,
  settingValue,
  withSetting,
} from '../../../src/runs/runSettingFields';
import { AUGMENTATIONS, augmentationSchema, runSettingsSchema } from '../../../src/runs/runSettings';

const takes = (settings: object) => runSettingsSchema.safeParse(settings).success;

describe('the fields of a run', () => {
  it('are all settings that there are, each once', () => {
    const { augmentation, ...others } = runSettingsSchema.parse({});
    const names = [
      ...Object.keys(others),
      ...Object.keys(augmentation).map((part) => `augmentation.${part}`),
    ];
    assert.deepEqual(RUN_SETTING_FIELDS.map(({ name }) => name).sort(), names.sort());
  });

  it('allow what the settings take, from the least to the most, and no more', () => {
    for (const field of RUN_SETTING_FIELDS) {
      if (field.kind === 'choice') {
        for (const { value } of field.choices)
          assert.ok(takes(withSetting({}, field.name, value)), field.name);
        assert.ok(!takes(withSetting({}, field.name, 'another')), field.name);
        continue;
      }
      const { name, min, max } = field;
      const beyond = field.kind === 'integer' ? 1 : 1e-9;
      for (const value of [min, max]) assert.ok(takes(withSetting({}, name, value)), name);
      for (const value of [min - beyond, max + max * 1e-6 + beyond])
        assert.ok(!takes(withSetting({}, name, value)), `${name} takes ${String(value)}`);
    }
  });

  it('stand together by their groups and are set and read by name', () => {
    const groups = RUN_SETTING_FIELDS.map(({ group }) => group);
    assert.deepEqual([...new Set(groups)], [...SETTING_GROUPS]);
    assert.deepEqual(
      groups,
      [...groups].sort((a, b) => SETTING_GROUPS.indexOf(a) - SETTING_GROUPS.indexOf(b)),
    );
    const settings = runSettingsSchema.parse(
      withSetting(withSetting({}, 'epochs', 3), 'augmentation.shift', 2),
    );
    assert.equal(settingValue(settings, 'epochs'), 3);
    assert.equal(settingValue(settings, 'augmentation.shift'), 2);
    assert.equal(settingValue(settings, 'augmentation.erase'), 0);
  });

  it('include strengths of variation with names', () => {
    for (const each of Object.values(AUGMENTATIONS)) assert.deepEqual(augmentationSchema.parse(each), each);
  });
});
