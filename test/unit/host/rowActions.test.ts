import assert from 'node:assert/strict';
import { CATALOG } from '../../../src/datasets/download/catalog';
import { contextOf as datasetContext, type DatasetState } from '../../../src/host/datasets/words';
import { View } from '../../../src/host/shell/names';
import { contextOf as modelContext } from '../../../src/host/models/words';
import type { Card } from '../../../src/models/card';
import type { LineCard } from '../../../src/models/lineCard';
import { SCRAWL_LINE } from '../../../src/networks/scrawlLine';
import { PRESETS } from '../../../src/networks/presets';
import manifest from '../../../package.json';

const ITEMS = manifest.contributes.menus['view/item/context'];

/** Commands that a row has as buttons, in order, or in its menu, by the `when` clauses of package.json. */
function actions(view: string, context: string, inline: boolean): string[] {
  return ITEMS.filter(({ group }) => group.startsWith('inline') === inline)
    .filter(({ when }) => matches(when, view, context))
    .sort((a, b) => a.group.localeCompare(b.group))
    .map(({ command }) => command.replace('scrawl.', ''));
}

function matches(when: string, view: string, context: string): boolean {
  const parts = /^view == ([\w.]+) && viewItem (?:=~ \/(.+)\/|== (\w+))$/.exec(when);
  assert.ok(parts, when);
  const [, of, pattern, exact] = parts;
  if (of !== view) return false;
  return pattern === undefined ? exact === context : new RegExp(pattern).test(context);
}

const DATASET = { id: 'x', name: 'X', state: 'absent', doneBytes: 0, totalBytes: 1 } as const;
const KNOWN = { ...DATASET, catalog: CATALOG[0] };

const CARD = {
  network: PRESETS['lenet-5'],
  data: [{ name: 'mnist' }],
  training: { settings: { epochs: 3 } },
} as unknown as Card;

const LINE_CARD: LineCard = {
  ...CARD,
  kind: 'lines',
  preprocessing: { kind: 'points', step: 0.07, features: 12, stride: 4 },
  network: SCRAWL_LINE,
  training: { settings: { epochs: 3 }, history: [] },
  metrics: [],
};

describe('the rows of the trees', () => {
  const datasets: [DatasetState, string[]][] = [
    ['absent', ['downloadDataset']],
    ['downloading', ['pauseDownload']],
    ['paused', ['resumeDownload', 'removeDataset']],
    ['ready', ['browseDataset', 'verifyDataset', 'removeDataset']],
    ['damaged', ['downloadDataset', 'verifyDataset', 'removeDataset']],
  ];
  for (const [state, wanted] of datasets) {
    it(`have the buttons of a dataset that is ${state}`, () => {
      assert.deepEqual(actions(View.datasets, datasetContext(KNOWN, state), true), wanted);
    });
  }

  it('do not offer to download what was imported', () => {
    const context = datasetContext(DATASET, 'damaged');
    assert.deepEqual(actions(View.datasets, context, true), ['verifyDataset', 'removeDataset']);
  });

  const FOR_ALL = ['showModelCard', 'evaluateModel', 'reviewLabels', 'exportModel'];
  const FOR_NETWORKS = ['continueTraining', 'createEnsemble', 'personalizeModel'];
  const models: [string, Parameters<typeof modelContext>, buttons: string[], menu: string[]][] = [
    [
      'the bundled model',
      [{ kind: 'bundled', card: CARD, lines: undefined, symbols: undefined, problem: undefined }, false],
      ['useModel'],
      ['useModel', ...FOR_ALL, ...FOR_NETWORKS],
    ],
    [
      'a trained model',
      [{ kind: 'network', card: CARD, lines: undefined, symbols: undefined, problem: undefined }, false],
      ['useModel', 'removeModel'],
      ['useModel', 'renameModel', 'duplicateModelSettings', 'removeModel', ...FOR_ALL, ...FOR_NETWORKS],
    ],
    [
      'the model that is on the pad',
      [{ kind: 'network', card: CARD, lines: undefined, symbols: undefined, problem: undefined }, true],
      ['removeModel'],
      ['renameModel', 'duplicateModelSettings', 'removeModel', ...FOR_ALL, ...FOR_NETWORKS],
    ],
    [
      'an ensemble',
      [{ kind: 'ensemble', card: CARD, lines: undefined, symbols: undefined, problem: undefined }, false],
      ['useModel', 'removeModel'],
      ['useModel', 'renameModel', 'removeModel', ...FOR_ALL],
    ],
    [
      'the bundled model of lines',
      [{ kind: 'bundled', card: undefined, lines: LINE_CARD, symbols: undefined, problem: undefined }, false],
      ['useModel'],
      ['useModel', 'showModelCard', 'evaluateModel', 'continueTraining', 'personalizeModel'],
    ],
    [
      'a trained model of lines',
      [{ kind: 'network', card: undefined, lines: LINE_CARD, symbols: undefined, problem: undefined }, false],
      ['useModel', 'removeModel'],
      [
        ...['useModel', 'showModelCard', 'evaluateModel', 'continueTraining', 'personalizeModel'],
        ...['renameModel', 'duplicateModelSettings', 'removeModel'],
      ],
    ],
    [
      'the model of lines that is on the pad',
      [
        {
          kind: 'network',
          card: undefined,
          lines: { ...LINE_CARD, data: [] },
          symbols: undefined,
          problem: undefined,
        },
        true,
      ],
      ['removeModel'],
      [
        ...['showModelCard', 'evaluateModel', 'continueTraining', 'personalizeModel'],
        ...['renameModel', 'removeModel'],
      ],
    ],
    [
      'a damaged model',
      [{ kind: 'network', card: undefined, lines: undefined, symbols: undefined, problem: 'damaged' }, false],
      ['removeModel'],
      ['removeModel'],
    ],
  ];
  for (const [name, of, buttons, menu] of models) {
    it(`offer what can be done with ${name}`, () => {
      const context = modelContext(...of);
      assert.deepEqual(actions(View.models, context, true), buttons);
      assert.deepEqual(actions(View.models, context, false).sort(), menu.sort());
    });
  }

  it('let a run that was interrupted go on', () => {
    assert.deepEqual(actions(View.models, 'run', true), ['resumeRun', 'removeRun']);
  });
});
