import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { FORMS, USUAL_FORMS } from '../../../src/symbols/forms';
import { ALPHABET_CHOICES, ALPHABET_LABELS } from '../../../src/base/alphabet';
import {
  CATEGORY,
  Command,
  ContextKey,
  Setting,
  SETTINGS_SECTION,
  View,
  Walkthrough,
} from '../../../src/host/shell/names';
import { runSettingsSchema } from '../../../src/runs/runSettings';
import { DEFAULTED_FIELDS, settingOf, toValues } from '../../../src/host/training/trainingDefaults';
import manifest from '../../../package.json';

const { contributes } = manifest;
const sorted = (names: Iterable<string>) => [...names].sort();

describe('the names in package.json', () => {
  it('are the commands that the code registers, each under its category', () => {
    assert.deepEqual(
      sorted(contributes.commands.map(({ command }) => command)),
      sorted(Object.values(Command)),
    );
    for (const { category, title, command } of contributes.commands) {
      assert.equal(category, CATEGORY, command);
      assert.ok(title && !title.startsWith(CATEGORY), command);
    }
  });

  it('are the settings that the code reads, each described', () => {
    const properties = contributes.configuration.properties;
    const ofRuns = DEFAULTED_FIELDS.map((field) => settingOf(field));
    assert.deepEqual(sorted(Object.keys(properties)), sorted([...Object.values(Setting), ...ofRuns]));
    for (const [name, { markdownDescription }] of Object.entries(properties)) {
      assert.ok(name.startsWith(`${SETTINGS_SECTION}.`));
      assert.match(markdownDescription, /\.$/, name);
    }
  });

  it('leave a folder that somebody else made no say in what is loaded, fetched from where, or written where', () => {
    const { properties } = contributes.configuration;
    for (const name of [
      Setting.model,
      Setting.lineModel,
      Setting.datasetsMirror,
      Setting.trainingLogDir,
    ] as const) {
      assert.equal(properties[name].scope, 'machine', name);
    }
  });

  it('give every setting of a run its default, as the form has it', () => {
    const defaults = toValues(runSettingsSchema.parse({}));
    const properties: Record<string, object> = contributes.configuration.properties;
    for (const field of DEFAULTED_FIELDS) {
      const property = Object.entries(properties[settingOf(field)] ?? {});
      const { order, ...declared } = Object.fromEntries(property) as Record<string, unknown>;
      assert.equal(typeof order, 'number', field.name);
      assert.deepEqual(declared, {
        default: defaults[field.name],
        markdownDescription: field.description,
        ...(field.kind === 'choice'
          ? {
              type: 'string',
              enum: field.choices.map(({ value }) => value),
              enumItemLabels: field.choices.map(({ label }) => label),
              markdownEnumDescriptions: field.choices.map(({ description }) => description),
            }
          : { type: field.kind, minimum: field.min, maximum: field.max }),
      });
    }
  });

  it('offer every alphabet by its label', () => {
    const alphabet = contributes.configuration.properties[Setting.alphabet];
    assert.deepEqual(alphabet.enum, ALPHABET_CHOICES);
    assert.deepEqual(
      alphabet.enumItemLabels,
      ALPHABET_CHOICES.map((choice) => ALPHABET_LABELS[choice]),
    );
    assert.equal(alphabet.markdownEnumDescriptions.length, ALPHABET_CHOICES.length);
  });

  it('have the usual form of symbols of each language', () => {
    const forms = contributes.configuration.properties[Setting.symbolForms];
    assert.deepEqual(forms.default, USUAL_FORMS);
    assert.deepEqual(forms.additionalProperties.enum, FORMS);
    assert.equal(forms.additionalProperties.markdownEnumDescriptions.length, FORMS.length);
  });

  it('are the views that the code provides', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [View.container, View.labContainer],
    );
    assert.deepEqual(
      contributes.viewsContainers.panel.map(({ id }) => id),
      [View.panelContainer],
    );
    assert.deepEqual(
      contributes.views[View.panelContainer].map(({ id }) => id),
      [View.padPanel],
    );
    assert.deepEqual(
      contributes.views[View.container].map(({ id }) => id),
      [View.pad],
    );
    assert.deepEqual(
      contributes.views[View.labContainer].map(({ id }) => id),
      [View.datasets, View.models, View.training, View.evaluation],
    );
  });

  // what is folded at first gets no more than the least room when it is opened
  it('give what is drawn in a view more room than lists, and do not fold it', () => {
    for (const view of contributes.views[View.labContainer]) {
      const drawn = 'type' in view;
      assert.equal(view.initialSize, drawn ? 3 : 1, view.id);
      if (drawn) assert.ok(!('visibility' in view), view.id);
    }
  });

  it('are the custom editors that the code provides', () => {
    assert.deepEqual(
      contributes.customEditors.map(({ viewType }) => viewType),
      [View.networkDesigner],
    );
  });

  it('appear in menus, keybindings and walkthroughs only if they exist', () => {
    const known = new Set<string>([
      ...Object.values(Command),
      ...Object.values(Setting),
      ...Object.values(ContextKey),
      ...Object.values(View),
      ...Object.values(Walkthrough),
    ]);
    const { menus, keybindings, walkthroughs } = contributes;
    const mentioned = JSON.stringify({ menus, keybindings, walkthroughs }).match(/\bscrawl\.[\w.]+/g) ?? [];
    assert.ok(mentioned.length > 0);
    assert.deepEqual(
      mentioned.filter((name) => !known.has(name)),
      [],
    );
  });

  it('point to files that are there', () => {
    const media = JSON.stringify(manifest).match(/media\/[\w./-]+\.\w+/g) ?? [];
    assert.ok(media.length > 0);
    assert.deepEqual(
      media.filter((file) => !existsSync(path.resolve(file))),
      [],
    );
  });
});
